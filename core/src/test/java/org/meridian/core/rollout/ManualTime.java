package org.meridian.core.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;

/** A clock that only a test moves, and background work that only a test runs. */
final class ManualTime implements Time, Tasks {
    private long nanos;
    private long suspended;
    private long limit = Long.MAX_VALUE;
    private Work background = () -> {};

    void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    /** Lets the machine sleep: what measures stands still, what ages goes on. */
    void suspend(Duration duration) {
        suspended += duration.toNanos();
    }

    @Override
    public long agingNanos() {
        return nanos + suspended;
    }

    /** Runs what was started beside the caller until so much time has passed. */
    void runBackground(Duration forSoLong) {
        long until = nanos + forSoLong.toNanos();
        try {
            limit = until;
            background.run();
        } catch (InterruptedException e) {
            // The time is over.
        }
        nanos = until;
        limit = Long.MAX_VALUE;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        nanos += duration.toNanos();
        if (nanos >= limit) {
            throw new InterruptedException();
        }
    }

    @Override
    public <T> void forEach(Collection<T> items, Action<T> action) throws InterruptedException {
        for (T item : items) {
            action.run(item);
        }
    }

    @Override
    public Background start(String name, Work work) {
        background = work;
        return () -> {};
    }
}
