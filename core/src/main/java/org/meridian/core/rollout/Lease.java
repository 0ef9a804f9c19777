package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Lock;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;

/**
 * A deployer's hold on the lock: renewed beside its work, and looked at before each of its acts.
 *
 * <p>It counts its own time from before a renewal was sent, so that it ends here before it ends at the store, whatever
 * clocks do, and also while the machine sleeps. A store that does not answer is asked again until then.
 */
public final class Lease implements AutoCloseable {
    /** Often enough that several renewals can get lost, each for some seconds, before the lease has ended. */
    private static final Duration RENEW_EVERY = StateStore.LEASE.dividedBy(6);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /** What an act may take until its effect has arrived; no act begins when less than this is left. */
    private static final Duration MARGIN = StateStore.LEASE.dividedBy(6);

    /** Longer than this a deployer does not go forward without a renewal: putting back needs the rest of the lease. */
    private static final Duration LONGEST_WITHOUT =
            StateStore.LEASE.multipliedBy(17).dividedBy(30);

    private final Lock lock;
    private final Time time;
    private final Tasks.Background renewal;
    private final AtomicInteger missed = new AtomicInteger();
    private volatile long renewedAt;
    private volatile boolean lost;

    private Lease(Lock lock, Time time, Tasks tasks, long renewedAt) {
        this.lock = requireNonNull(lock, "lock is null");
        this.time = requireNonNull(time, "time is null");
        this.renewedAt = renewedAt;
        this.renewal = tasks.start("lease", this::keepRenewing);
    }

    /** Holds a lock that is taken now. */
    public static Lease hold(LockCall taking, Time time, Tasks tasks) throws InterruptedException {
        Lock lock = taking.take();
        // Taking may have meant waiting for another; the lease is counted from a moment that is surely early enough.
        try {
            return new Lease(lock, time, tasks, begun(lock, time));
        } catch (Failure | InterruptedException e) {
            lock.close();
            throw e;
        }
    }

    /** Begins the lease; tells when. Without an answer for as long as it lasts, it is nobody's. */
    private static long begun(Lock lock, Time time) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(time);
        while (true) {
            long sentAt = time.agingNanos();
            try {
                lock.renew();
                return sentAt;
            } catch (Failure e) {
                if (e.kind() != Failure.Kind.NO_ANSWER || watch.elapsed().compareTo(StateStore.LEASE) >= 0) {
                    throw e;
                }
            }
            time.sleep(ASK_AGAIN);
        }
    }

    /** The lock, for writes to the store. */
    public Lock lock() {
        return lock;
    }

    /** Throws a Failure with the code LOCK_LOST unless nobody else can have the lock for the time of an act. */
    public void check() {
        if (!lost && endsSoon()) {
            // After a sleep the renewal may not have run yet; whether somebody else came meanwhile, the store knows.
            boolean unused = renew();
        }
        if (lost || endsSoon()) {
            throw Failure.needsPerson(Diagnostic.of(
                    StateStore.LOCK_LOST,
                    "the lock was lost, so this deployer stopped before its next act",
                    "Somebody else may be at work: see 'meridian status', and run the command again when nobody is."));
        }
    }

    /** Whether a failure says that the lock is lost, after which nothing may be undone either. */
    static boolean isLoss(Failure failure) {
        return failure.diagnostic().code().equals(StateStore.LOCK_LOST);
    }

    boolean lost() {
        return lost;
    }

    /** Whether the store has answered a renewal that was sent after this moment of the time's {@code agingNanos}. */
    boolean renewedSince(long nanos) {
        return renewedAt - nanos > 0;
    }

    /** How many renewals got no answer since the last one that did. */
    int missed() {
        return missed.get();
    }

    /** Whether so much of the lease is over that the rest is needed for putting back. */
    boolean runsOut() {
        return time.agingNanos() - renewedAt >= LONGEST_WITHOUT.toNanos();
    }

    /** Says that the store told somebody that the lock is gone. */
    void lose() {
        lost = true;
    }

    private boolean endsSoon() {
        Duration left = StateStore.LEASE.minusNanos(time.agingNanos() - renewedAt);
        return left.compareTo(MARGIN) < 0;
    }

    private void keepRenewing() throws InterruptedException {
        while (!lost) {
            time.sleep(renew() ? untilNext() : ASK_AGAIN);
        }
    }

    /** The lease ages from when the last renewal was sent: after a slow answer the next one is due at once. */
    private Duration untilNext() {
        Duration left = RENEW_EVERY.minusNanos(time.agingNanos() - renewedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private boolean renew() {
        long sentAt = time.agingNanos();
        try {
            lock.renew();
            renewedAt = sentAt;
            missed.set(0);
            return true;
        } catch (Failure e) {
            missed.incrementAndGet();
            lost = lost || e.diagnostic().code().equals(StateStore.LOCK_LOST);
            return false;
        }
    }

    @Override
    public void close() {
        renewal.close();
        lock.close();
    }

    /** Takes the lock. */
    @FunctionalInterface
    public interface LockCall {
        /** Takes it, or throws a Failure of kind LOCKED. */
        Lock take() throws InterruptedException;
    }
}
