package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Answer;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.spi.StateStore;

/** What is remembered, in memory. */
final class SimulatedState implements StateStore {
    private final List<Release> releases = new ArrayList<>();
    private final List<RolloutRecord> rollouts = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final List<JournalEntry> journal = new ArrayList<>();
    private final Map<Integer, Answer> answers = new HashMap<>();
    private @Nullable Holder holder;
    private long token;

    @Override
    public Lock lock(Holder newHolder) {
        if (holder != null) {
            throw Failure.locked(Diagnostic.of("locked", "locked by " + holder.who(), "Wait."));
        }
        holder = newHolder;
        long mine = ++token;
        return new Lock() {
            @Override
            public long token() {
                return mine;
            }

            @Override
            public void renew() {
                check(this);
            }

            @Override
            public void close() {
                if (mine == token) {
                    unlock();
                }
            }
        };
    }

    private void check(Lock lock) {
        if (holder == null || lock.token() != token) {
            throw Failure.of(Diagnostic.of(LOCK_LOST, "the lock " + lock.token() + " is no longer held", "Run again."));
        }
    }

    @Override
    public Optional<Holder> release() {
        Optional<Holder> former = holder();
        unlock();
        return former;
    }

    @Override
    public List<JournalEntry> journal(int rollout) {
        return journal.stream().filter(entry -> entry.rollout() == rollout).toList();
    }

    @Override
    public void append(Lock lock, List<JournalEntry> entries) {
        check(lock);
        entries.stream().filter(entry -> !journal.contains(entry)).forEach(journal::add);
    }

    @Override
    public Optional<Answer> answer(int rollout) {
        return Optional.ofNullable(answers.get(rollout));
    }

    @Override
    public void save(Answer answer) {
        answers.put(answer.rollout(), answer);
    }

    /** A dead deployer's lock goes with it. */
    void unlock() {
        holder = null;
    }

    @Override
    public Optional<Holder> holder() {
        return Optional.ofNullable(holder);
    }

    @Override
    public List<Release> releases() {
        return List.copyOf(releases);
    }

    @Override
    public void save(Lock lock, Release release) {
        check(lock);
        releases.removeIf(known -> known.id().equals(release.id()));
        releases.add(release);
    }

    @Override
    public List<RolloutRecord> rollouts() {
        return List.copyOf(rollouts);
    }

    @Override
    public void save(Lock lock, RolloutRecord rollout) {
        check(lock);
        rollouts.removeIf(known -> known.number() == rollout.number());
        rollouts.add(rollout);
    }

    @Override
    public List<Receipt> receipts() {
        return List.copyOf(receipts);
    }

    @Override
    public void save(Lock lock, Receipt receipt) {
        check(lock);
        receipts.add(receipt);
    }

    @Override
    public void clear(Lock lock) {
        check(lock);
        journal.clear();
        answers.clear();
        releases.clear();
        rollouts.clear();
        receipts.clear();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
