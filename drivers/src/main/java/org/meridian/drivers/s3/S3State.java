package org.meridian.drivers.s3;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Answer;
import org.meridian.core.model.AppName;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.StoreIdentity;
import org.meridian.core.spi.StateStore;
import org.meridian.drivers.s3.HeadObject.Seen;
import org.meridian.drivers.state.Claim;
import org.meridian.drivers.state.Fence;
import org.meridian.drivers.state.GroupedAppends;
import org.meridian.drivers.state.StateFailures;
import org.meridian.drivers.state.StateJson;

/**
 * Keeps state in a bucket. One small object, the head, says who has the lock and which other objects count; it is only ever
 * replaced on condition that it is still what was read (docs/decisions/0009). Reading makes nothing.
 */
public final class S3State implements StateStore {
    private static final int TRIES = 20;
    private static final String AUDIT = "audit/";
    private static final String HOST_KEYS = "host-keys/";

    private final Duration lease;
    private final S3Objects objects;
    private final S3Texts texts;
    private final HeadObject head;
    private final S3Journal journal;
    private volatile @Nullable HeldLock held;

    /** An app's state at this place; nothing is opened yet. */
    public S3State(S3Location location, AppName app) {
        this(location, app, LEASE);
    }

    /** The same with locks that live this long without being renewed. */
    public S3State(S3Location location, AppName app, Duration lease) {
        this.lease = requireNonNull(lease, "lease is null");
        this.objects = new S3Objects(location, app.value());
        this.texts = new S3Texts(objects);
        this.head = new HeadObject(objects);
        this.journal = new S3Journal(objects, texts, head);
    }

    @Override
    public Lock lock(Holder holder, String id) {
        Claim claim = Claim.of(requireNonNull(id, "id is null"), requireNonNull(holder, "holder is null"), lease);
        Seen seen = head.read();
        while (!isOf(claim, seen.head())) {
            if (seen.isLocked()) {
                throw StateFailures.locked(seen.head().holder().orElseThrow().holder());
            }
            // Whether this took it or somebody else was quicker, the head tells; also when an answer was lost.
            seen = head.swap(seen, seen.head().taken(claim)).orElseGet(head::read);
        }
        HeldLock lock = new HeldLock(new Fence(seen.head().token(), claim.id()));
        held = lock;
        settleOrGiveBack(seen.head(), lock);
        return lock;
    }

    @Override
    public Optional<Holder> holder() {
        Seen seen = head.read();
        return seen.isLocked() ? seen.head().holder().map(Claim::holder) : Optional.empty();
    }

    @Override
    public Optional<Holder> release() {
        Seen before = head.read();
        Optional<Claim> claim = before.head().holder();
        if (claim.isPresent()) {
            Head unused = head.change(now -> isOf(claim.get(), now) ? now.released() : now);
        }
        // Also what an earlier release could not finish.
        journal.settle(head.read().head());
        return claim.map(Claim::holder);
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return head.read().head().identity();
    }

    @Override
    public void save(Lock lock, StoreIdentity identity) {
        change(Fence.of(lock), now -> now.with(identity));
    }

    @Override
    public List<Release> releases() {
        return records(index -> index.releases().values(), Release.class);
    }

    @Override
    public void save(Lock lock, Release release) {
        String key = put(lock, "releases/" + release.id(), release);
        change(
                Fence.of(lock),
                now -> now.with(now.index().withRelease(release.id().number(), key)));
    }

    @Override
    public List<RolloutRecord> rollouts() {
        return head.read().head().index().rollouts();
    }

    @Override
    public void save(Lock lock, RolloutRecord rollout) {
        change(Fence.of(lock), now -> now.with(now.index().withRollout(rollout)));
    }

    @Override
    public List<Receipt> receipts() {
        return records(index -> index.receipts().values(), Receipt.class);
    }

    @Override
    public void save(Lock lock, Receipt receipt) {
        String key = put(lock, "receipts/" + receipt.rollout(), receipt);
        change(Fence.of(lock), now -> now.with(now.index().withReceipt(receipt.rollout(), key)));
    }

    @Override
    public List<JournalEntry> journal(int rollout) {
        return consistently(now -> journal.read(now, rollout));
    }

    @Override
    public void append(Lock lock, List<JournalEntry> entries) {
        if (!entries.isEmpty()) {
            HeldLock mine = held(lock);
            requireHeld(mine.fence);
            mine.appends.append(entries);
        }
    }

    @Override
    public Optional<Answer> answer(int rollout) {
        return objects.get(answerKey(rollout)).map(found -> read(found.text(), Answer.class));
    }

    @Override
    public void save(Answer answer) {
        objects.put(answerKey(answer.rollout()), StateJson.write(answer));
    }

    /** Later entries have smaller keys, so that a listing begins with the newest. */
    @Override
    public void audit(AuditEntry entry) {
        String text = StateJson.write(entry);
        objects.put(
                AUDIT + "%019d-%s.json".formatted(Long.MAX_VALUE - StateJson.nanos(entry.at()), StateJson.digest(text)),
                text);
    }

    @Override
    public List<AuditEntry> audit(int most) {
        return texts.all(objects.list(AUDIT, most)).stream()
                .flatMap(Optional::stream)
                .map(text -> read(text, AuditEntry.class))
                .toList();
    }

    @Override
    public Optional<HostKeyPin> hostKey(String machine) {
        return objects.get(hostKeyKey(machine)).map(found -> read(found.text(), HostKeyPin.class));
    }

    @Override
    public void save(HostKeyPin pin) {
        objects.put(hostKeyKey(pin.machine()), StateJson.write(pin));
    }

    @Override
    public void forgetHostKey(String machine) {
        objects.delete(hostKeyKey(machine));
    }

    @Override
    public Optional<KeyRotation> keyRotation() {
        return head.read().head().index().rotation();
    }

    @Override
    public void save(Lock lock, KeyRotation rotation) {
        change(Fence.of(lock), now -> now.with(now.index().with(rotation)));
    }

    @Override
    public void clear(Lock lock) {
        change(Fence.of(lock), now -> now.with(Head.none().index()));
        held(lock).pieces.clear();
        for (String folder : List.of("answers/", HOST_KEYS, "journals/", "receipts/", "releases/")) {
            texts.delete(objects.list(folder));
        }
    }

    @Override
    public void close() {
        objects.close();
    }

    private void settleOrGiveBack(Head now, HeldLock lock) {
        try {
            journal.settle(now);
        } catch (RuntimeException e) {
            closeAfter(e, lock);
            throw e;
        }
    }

    private static void closeAfter(RuntimeException first, HeldLock lock) {
        try {
            lock.close();
        } catch (Failure e) {
            first.addSuppressed(e);
        }
    }

    private static boolean isOf(Claim claim, Head now) {
        return now.holder().filter(other -> other.id().equals(claim.id())).isPresent();
    }

    private HeldLock held(Lock lock) {
        HeldLock mine = held;
        if (mine == null || !mine.fence.equals(Fence.of(lock))) {
            throw StateFailures.lost(Fence.of(lock));
        }
        return mine;
    }

    /**
     * The pieces are this claim's alone, so nothing in their place would tell that a restored bucket has given the lock to
     * somebody else.
     */
    private void requireHeld(Fence fence) {
        if (!head.read().head().isHeldWith(fence)) {
            throw StateFailures.lost(fence);
        }
    }

    /** Changes the head while the lock is held like this. */
    private void change(Fence fence, UnaryOperator<Head> change) {
        Head unused = head.change(now -> {
            if (!now.isHeldWith(fence)) {
                throw StateFailures.lost(fence);
            }
            return change.apply(now);
        });
    }

    /** Writes an object that counts once the head names it. */
    private String put(Lock lock, String name, Object item) {
        HeldLock unused = held(lock);
        String key = name + "-" + lock.token() + "-" + UUID.randomUUID() + ".json";
        objects.put(key, StateJson.write(item));
        return key;
    }

    private <T> List<T> records(Function<Head.Index, Iterable<String>> keys, Class<T> type) {
        return consistently(now -> {
            List<String> wanted = new ArrayList<>();
            keys.apply(now.index()).forEach(wanted::add);
            List<Optional<String>> found = texts.all(wanted);
            return found.stream().allMatch(Optional::isPresent)
                    ? Optional.of(found.stream()
                            .map(text -> read(text.orElseThrow(), type))
                            .toList())
                    : Optional.empty();
        });
    }

    /** What a head's objects say, all of one moment. */
    private <T> T consistently(Function<Head, Optional<T>> look) {
        for (int i = 0; i < TRIES; i++) {
            Optional<T> seen = look.apply(head.read().head());
            if (seen.isPresent()) {
                return seen.get();
            }
        }
        throw StateFailures.unreadable(
                objects.toString(), "objects are missing that the head names", new IllegalStateException("missing"));
    }

    private <T> T read(String text, Class<T> type) {
        return StateJson.read(objects.toString(), text, type);
    }

    /** Names of machines have characters that keys had better not have. */
    private static String hostKeyKey(String machine) {
        return HOST_KEYS + StateJson.digest(machine) + ".json";
    }

    private static String answerKey(int rollout) {
        return "answers/" + rollout + ".json";
    }

    /** A lock as the port wants it. */
    private final class HeldLock implements Lock {
        private final Fence fence;
        private final PieceWriter pieces;
        private final GroupedAppends appends;

        HeldLock(Fence fence) {
            this.fence = fence;
            this.pieces = new PieceWriter(objects, fence);
            this.appends = new GroupedAppends(pieces::append);
        }

        @Override
        public long token() {
            return fence.token();
        }

        @Override
        public String claim() {
            return fence.claim();
        }

        @Override
        public void renew() {
            change(fence, Head::renewed);
        }

        @Override
        public void close() {
            try {
                giveBack(pieces.close());
            } catch (Failure e) {
                if (!e.diagnostic().code().equals(LOCK_LOST)) {
                    throw e;
                }
            }
        }

        private void giveBack(List<JournalEntry> written) {
            Map<Integer, String> journals = journal.gather(fence.token(), written);
            change(fence, now -> now.givenBack(journals));
            if (!journals.isEmpty()) {
                texts.delete(objects.list(Piece.keys(Piece.run(fence))));
            }
        }
    }
}
