package org.meridian.drivers.cloudflare;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.meridian.core.spi.Time;

/**
 * A clock for Cloudflare and its drivers alike, since checks every 15 s take tests too long: it runs faster than the
 * world's while all who work by it sleep, and no faster than it while one of them is at work. A slow machine makes a
 * test longer, and nothing in it later.
 */
final class FastTime implements Time, AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(4);

    private final Instant begun = Instant.now();
    private final int times;
    private final BooleanSupplier late;
    private final Set<Thread> workers = new HashSet<>();
    private final List<Sleep> sleeps = new ArrayList<>();
    private final Thread pace;
    private int awake;
    private long nanos;

    /**
     * Starts the clock.
     *
     * @param times how much faster it runs than the world's
     * @param late  whether something that works by no clock is still at it, though it usually would not be
     */
    FastTime(int times, BooleanSupplier late) {
        this.times = times;
        this.late = late;
        this.pace = Thread.ofPlatform().daemon().start(this::run);
    }

    @Override
    public Instant now() {
        return begun.plusNanos(nanos());
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    /** Lets time pass at once. */
    synchronized void skip(Duration duration) {
        pass(duration.toNanos());
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        var sleep = new Sleep(nanos + duration.toNanos(), workers.contains(Thread.currentThread()));
        sleeps.add(sleep);
        awake -= sleep.workers();
        try {
            while (sleeps.contains(sleep)) {
                wait();
            }
        } finally {
            if (sleeps.remove(sleep)) {
                awake += sleep.workers();
            }
        }
    }

    /** The thread that calls works by this clock from now on, until it leaves. */
    synchronized void enter() {
        workers.add(Thread.currentThread());
        awake++;
    }

    synchronized void leave() {
        workers.remove(Thread.currentThread());
        awake--;
    }

    /** So many are about to work by this clock; each does so in {@link #hired}. */
    synchronized void hire(int count) {
        awake += count;
    }

    /** Does something as one who was hired. */
    <T> T hired(Callable<T> work) throws Exception {
        begin();
        try {
            return work.call();
        } finally {
            leave();
        }
    }

    /** Waits for others who work by this clock. */
    <T> T waiting(Callable<T> wait) throws Exception {
        if (!isWorker()) {
            return wait.call();
        }
        hire(-1);
        try {
            return wait.call();
        } finally {
            hire(1);
        }
    }

    /** Something whose callers work by this clock as long as they are in it. */
    <T> T whoCalls(Class<T> type, T real) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    enter();
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        leave();
                    }
                }));
    }

    @Override
    public void close() {
        pace.interrupt();
    }

    private synchronized boolean isWorker() {
        return workers.contains(Thread.currentThread());
    }

    private synchronized void begin() {
        workers.add(Thread.currentThread());
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(STEP.toNanos());
            step();
        }
    }

    private synchronized void step() {
        pass(STEP.toNanos() * (awake > 0 || late.getAsBoolean() ? 1 : times));
    }

    private void pass(long some) {
        nanos += some;
        sleeps.stream().filter(sleep -> sleep.until <= nanos).toList().forEach(due -> {
            sleeps.remove(due);
            awake += due.workers();
        });
        notifyAll();
    }

    private static final class Sleep {
        private final long until;
        private final boolean works;

        Sleep(long until, boolean works) {
            this.until = until;
            this.works = works;
        }

        int workers() {
            return works ? 1 : 0;
        }
    }
}
