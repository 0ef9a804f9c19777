package org.meridian.drivers.filestate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Answer;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.spi.StateStore;

/**
 * Keeps state in a directory of this machine: {@code releases.json}, {@code rollouts.json}, {@code receipts/N.json}, and
 * {@code lock}. Reading makes nothing; the directory comes with the first lock.
 */
public final class FileState implements StateStore {
    private static final int VERSION = 1;
    private static final String RELEASES = "releases.json";
    private static final String ROLLOUTS = "rollouts.json";
    private static final String RECEIPTS = "receipts";
    private static final String LOCK = "lock";
    private static final String TOKEN = "token.json";

    private final StateFiles files;

    /** State in this directory, usually {@code .meridian} beside the configuration. */
    public FileState(Path directory) {
        this.files = new StateFiles(directory);
    }

    @Override
    public Lock lock(Holder holder) {
        requireNonNull(holder, "holder is null");
        files.create();
        FileLocks.Taken taken = take(holder).orElseThrow(this::locked);
        try {
            long token = token() + 1;
            files.write(TOKEN, token);
            return new HeldLock(token, taken);
        } catch (RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    @Override
    public Optional<Holder> holder() {
        try {
            return FileLocks.holder(files.path(LOCK));
        } catch (IOException e) {
            throw StateFiles.unusable(files.path(LOCK), e);
        }
    }

    @Override
    public List<Release> releases() {
        return files.read(RELEASES, StateJson.Releases.class)
                .map(StateJson.Releases::releases)
                .orElse(List.of());
    }

    @Override
    public void save(Lock lock, Release release) {
        check(lock);
        List<Release> all =
                replaced(releases(), release, old -> old.id().equals(release.id()), Comparator.comparing(Release::id));
        files.write(RELEASES, new StateJson.Releases(VERSION, all));
    }

    @Override
    public List<RolloutRecord> rollouts() {
        return files.read(ROLLOUTS, StateJson.Rollouts.class)
                .map(StateJson.Rollouts::rollouts)
                .orElse(List.of());
    }

    @Override
    public void save(Lock lock, RolloutRecord rollout) {
        check(lock);
        List<RolloutRecord> all = replaced(
                rollouts(),
                rollout,
                old -> old.number() == rollout.number(),
                Comparator.comparing(RolloutRecord::number));
        files.write(ROLLOUTS, new StateJson.Rollouts(VERSION, all));
    }

    @Override
    public List<Receipt> receipts() {
        return files.list(RECEIPTS).stream()
                .flatMap(name -> files.read(RECEIPTS + "/" + name, Receipt.class).stream())
                .sorted(Comparator.comparing(Receipt::rollout))
                .toList();
    }

    @Override
    public void save(Lock lock, Receipt receipt) {
        check(lock);
        files.write(RECEIPTS + "/" + receipt.rollout() + ".json", receipt);
    }

    @Override
    public Optional<Holder> release() {
        return Optional.empty();
    }

    @Override
    public List<JournalEntry> journal(int rollout) {
        return List.of();
    }

    @Override
    public void append(Lock lock, List<JournalEntry> entries) {
        check(lock);
    }

    @Override
    public Optional<Answer> answer(int rollout) {
        return Optional.empty();
    }

    @Override
    public void save(Answer answer) {
        // Kept by the store that takes this one's place.
    }

    @Override
    public void clear(Lock lock) {
        check(lock);
        files.delete(RECEIPTS);
        files.delete(ROLLOUTS);
        files.delete(RELEASES);
    }

    @Override
    public void close() {
        // Nothing is kept open; a lock is closed by itself.
    }

    private Optional<FileLocks.Taken> take(Holder holder) {
        try {
            return FileLocks.take(files.path(LOCK), holder);
        } catch (IOException e) {
            throw StateFiles.unusable(files.path(LOCK), e);
        }
    }

    private Failure locked() {
        String by = holder().map(who -> " by " + who.who() + ": " + who.what() + ", since " + who.since())
                .orElse("");
        return Failure.locked(Diagnostic.of(
                "locked",
                "somebody else is at work" + by,
                "Wait until it has ended. The lock goes by itself when that process ends, however it ends."));
    }

    private long token() {
        return files.read(TOKEN, Long.class).orElse(0L);
    }

    private void check(Lock lock) {
        boolean current = lock instanceof HeldLock held && held.taken.held() && held.token == token();
        if (!current) {
            throw Failure.of(Diagnostic.of(
                    "lock-lost",
                    "the lock with token " + lock.token() + " is no longer held, so nothing is written",
                    "Run the command again; it goes on from what it finds."));
        }
    }

    private static <T> List<T> replaced(List<T> before, T entry, Predicate<T> same, Comparator<T> order) {
        List<T> after = new ArrayList<>(before);
        after.removeIf(same);
        after.add(entry);
        after.sort(order);
        return after;
    }

    /** A lock as the port wants it. */
    private record HeldLock(long token, FileLocks.Taken taken) implements Lock {
        @Override
        public void renew() {
            // The operating system keeps it while the process lives.
        }

        @Override
        public void close() {
            taken.close();
        }
    }
}
