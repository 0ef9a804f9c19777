package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;
import org.meridian.core.model.Answer;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.StoreIdentity;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.Time;

/**
 * A store that is asked again where it does not answer, since one slow or lost answer is no failure; says that it waits.
 *
 * <p>The journal and the lease have a patience of their own, in {@link Ledger} and {@link Lease}, and so has who listens for
 * a person's answer: those calls are passed on as they are. A store that did not answer in all that time is asked once by
 * each call after that, until it answers: nobody waits for the same silence twice.
 */
public final class PatientStore implements StateStore {
    /** Less than a lease, so that a lock which is held is still held after it. */
    private static final Duration AT_MOST = Duration.ofSeconds(20);

    /** At least so often: two calls in a row can be slow by chance. */
    private static final int TRIES = 4;

    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final StateStore store;
    private final Time time;
    private final EventSink events;
    private volatile boolean silent;

    private PatientStore(StateStore store, Time time, EventSink events) {
        this.store = requireNonNull(store, "store is null");
        this.time = requireNonNull(time, "time is null");
        this.events = requireNonNull(events, "events is null");
    }

    /** The store with patience; itself when it has it already. */
    public static PatientStore of(StateStore store, Time time, EventSink events) {
        return store instanceof PatientStore patient ? patient : new PatientStore(store, time, events);
    }

    @Override
    public Lock lock(Holder holder, String claim) {
        return new PatientLock(ask(() -> store.lock(holder, claim)));
    }

    @Override
    public Optional<Holder> holder() {
        return ask(store::holder);
    }

    /** Who had it is asked before: a second try finds what the first one did, and that nobody has it. */
    @Override
    public Optional<Holder> release() {
        Optional<Holder> before = holder();
        Tries tries = new Tries();
        Optional<Holder> released = ask(() -> {
            tries.count++;
            return store.release();
        });
        return tries.count > 1 ? released.or(() -> before) : released;
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return ask(store::identity);
    }

    @Override
    public void save(Lock lock, StoreIdentity identity) {
        tell(() -> store.save(lock, identity));
    }

    @Override
    public List<Release> releases() {
        return ask(store::releases);
    }

    @Override
    public void save(Lock lock, Release release) {
        tell(() -> store.save(lock, release));
    }

    @Override
    public List<RolloutRecord> rollouts() {
        return ask(store::rollouts);
    }

    @Override
    public void save(Lock lock, RolloutRecord rollout) {
        tell(() -> store.save(lock, rollout));
    }

    @Override
    public List<JournalEntry> journal(int rollout) {
        return ask(() -> store.journal(rollout));
    }

    @Override
    public void append(Lock lock, List<JournalEntry> entries) {
        store.append(lock, entries);
    }

    @Override
    public Optional<Answer> answer(int rollout) {
        return store.answer(rollout);
    }

    @Override
    public void save(Answer answer) {
        tell(() -> store.save(answer));
    }

    @Override
    public List<Receipt> receipts() {
        return ask(store::receipts);
    }

    @Override
    public void save(Lock lock, Receipt receipt) {
        tell(() -> store.save(lock, receipt));
    }

    @Override
    public void audit(AuditEntry entry) {
        tell(() -> store.audit(entry));
    }

    @Override
    public List<AuditEntry> audit(int most) {
        return ask(() -> store.audit(most));
    }

    @Override
    public Optional<HostKeyPin> hostKey(String machine) {
        return ask(() -> store.hostKey(machine));
    }

    @Override
    public void save(HostKeyPin pin) {
        tell(() -> store.save(pin));
    }

    @Override
    public void forgetHostKey(String machine) {
        tell(() -> store.forgetHostKey(machine));
    }

    @Override
    public Optional<KeyRotation> keyRotation() {
        return ask(store::keyRotation);
    }

    @Override
    public void save(Lock lock, KeyRotation rotation) {
        tell(() -> store.save(lock, rotation));
    }

    @Override
    public void clear(Lock lock) {
        tell(() -> store.clear(lock));
    }

    @Override
    public void close() {
        store.close();
    }

    private void tell(Runnable write) {
        boolean ignored = ask(() -> {
            write.run();
            return true;
        });
    }

    /** At least a few times, however long they take; once where the silence is known. */
    private <T> T ask(Supplier<T> call) {
        Stopwatch watch = Stopwatch.start(time);
        AtomicReference<@Nullable WaitNotice> notice = new AtomicReference<>();
        for (int times = 1; ; times++) {
            try {
                T answer = call.get();
                silent = false;
                return answer;
            } catch (Failure e) {
                if (e.kind() != Failure.Kind.NO_ANSWER) {
                    throw e;
                }
                if (silent || (times >= TRIES && watch.elapsed().compareTo(AT_MOST) >= 0)) {
                    silent = true;
                    throw e;
                }
                say(notice, e);
                pauseAfter(e);
            }
        }
    }

    private void say(AtomicReference<@Nullable WaitNotice> notice, Failure failure) {
        String seen = failure.diagnostic().summary();
        WaitNotice told = notice.get();
        if (told == null) {
            notice.set(WaitNotice.seeing(seen, events, time, Optional.empty(), "the state store", AT_MOST));
        } else {
            told.still(seen);
        }
    }

    /** The port's calls don't tell of interruptions: this one ends with the failure, and what comes next sees the other. */
    private void pauseAfter(Failure failure) {
        try {
            time.sleep(BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    /** A lock that is given back with patience, since the next command would find it held; the lease ends it otherwise. */
    private final class PatientLock implements Lock {
        private final Lock lock;

        PatientLock(Lock lock) {
            this.lock = lock;
        }

        @Override
        public long token() {
            return lock.token();
        }

        @Override
        public String claim() {
            return lock.claim();
        }

        @Override
        public void renew() {
            lock.renew();
        }

        @Override
        public void close() {
            try {
                tell(lock::close);
            } catch (Failure e) {
                if (!e.diagnostic().code().equals(UNREACHABLE)) {
                    throw e;
                }
            }
        }
    }

    /** How often something was tried. */
    private static final class Tries {
        private int count;
    }
}
