package org.meridian.web.world;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.meridian.core.spi.Time;

/** Knows whether anybody looks, so that nothing is asked of servers and providers for nobody. */
final class Lookers {
    /** Longer than a scraper's usual minute, so that its counts have no gaps. */
    private static final Duration LINGERS = Duration.ofSeconds(75);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Time time;
    private boolean over;
    private int staying;
    private boolean lingering;
    private long until;

    Lookers(Time time) {
        this.time = requireNonNull(time, "time is null");
    }

    /** Somebody looks until they leave. */
    void stay() {
        change(() -> staying++);
    }

    /** Somebody who stayed leaves. */
    void leave() {
        change(() -> staying--);
    }

    /** Somebody looks once, and perhaps soon again. */
    void glance() {
        change(() -> {
            lingering = true;
            until = time.nanos() + LINGERS.toNanos();
        });
    }

    /** Nobody will look any more: an interruption may get lost in a driver, and this does not. */
    void end() {
        change(() -> over = true);
    }

    /** Waits until somebody looks; false when nobody will any more. */
    boolean await() throws InterruptedException {
        lock.lock();
        try {
            while (!over && !present()) {
                came.await();
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }

    private boolean present() {
        lingering &= until - time.nanos() > 0;
        return staying > 0 || lingering;
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
