package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;

/**
 * Virtual time and deterministic concurrency: one thread runs at a time, the next is the one that wakes first, and ties
 * are broken by the seed. The same seed gives the same run.
 */
public final class Scheduler implements Time, Tasks {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final Random ties;
    private final PriorityQueue<Fiber> ready = new PriorityQueue<>(
            Comparator.comparingLong((Fiber fiber) -> fiber.wakeAt).thenComparingLong(fiber -> fiber.order));
    private long nowNanos;
    private boolean crashed;
    private Fiber current;

    /** A scheduler whose calling thread is the first that runs. */
    public Scheduler(long seed) {
        this.ties = new Random(seed);
        this.current = new Fiber();
    }

    @Override
    public Instant now() {
        return EPOCH.plusNanos(nowNanos);
    }

    @Override
    public long nanos() {
        return nowNanos;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Fiber me = current;
        if (!me.interrupted) {
            enqueue(me, nowNanos + Math.max(1, duration.toNanos()));
            yieldFrom(me);
        }
        if (crashed) {
            throw new SimulatedCrash();
        }
        if (me.interrupted) {
            me.interrupted = false;
            throw new InterruptedException("interrupted at " + now());
        }
    }

    /** From now on every sleep and every {@link #check()} ends its thread. */
    public void crash() {
        crashed = true;
        throw new SimulatedCrash();
    }

    /** Ends the calling thread when the deployer was killed. */
    public void check() {
        if (crashed) {
            throw new SimulatedCrash();
        }
    }

    /** A new deployer lives; only after the crash has come out of the call that it hit. */
    public void revive() {
        crashed = false;
        ready.clear();
        current.interrupted = false;
    }

    @Override
    public <T> void forEach(Collection<T> items, Action<T> action) throws InterruptedException {
        List<Fiber> children = new ArrayList<>();
        Outcome outcome = new Outcome();
        for (T item : items) {
            Fiber child = new Fiber();
            children.add(child);
            spawn(child, () -> action.run(item), outcome, () -> children.forEach(this::interrupt));
        }
        Fiber me = current;
        boolean interrupted = false;
        while (!children.stream().allMatch(child -> child.done)) {
            join(me, children);
            if (me.interrupted) {
                me.interrupted = false;
                interrupted = true;
                children.forEach(this::interrupt);
            }
        }
        outcome.rethrow();
        if (interrupted) {
            throw new InterruptedException("interrupted at " + now());
        }
    }

    @Override
    public Background start(String name, Work work) {
        Fiber child = new Fiber();
        Outcome outcome = new Outcome();
        spawn(child, work::run, outcome, () -> {});
        return () -> {
            interrupt(child);
            while (!child.done) {
                join(current, List.of(child));
            }
        };
    }

    private void spawn(Fiber fiber, Body body, Outcome outcome, Runnable onFailure) {
        enqueue(fiber, nowNanos);
        Thread.ofVirtual().start(() -> {
            fiber.permit.acquireUninterruptibly();
            try {
                check();
                body.run();
            } catch (InterruptedException | RuntimeException | Error e) {
                outcome.add(e);
                onFailure.run();
            }
            fiber.done = true;
            fiber.waiters.forEach(waiter -> enqueue(waiter, nowNanos));
            next().permit.release();
        });
    }

    /** Waits until one of these ends; woken also by an interruption. */
    private void join(Fiber me, List<Fiber> children) {
        children.stream().filter(child -> !child.done).forEach(child -> child.waiters.add(me));
        yieldFrom(me);
        ready.remove(me);
        children.forEach(child -> child.waiters.remove(me));
    }

    private void interrupt(Fiber fiber) {
        if (fiber.done || fiber == current) {
            return;
        }
        fiber.interrupted = true;
        enqueue(fiber, nowNanos);
    }

    private void enqueue(Fiber fiber, long wakeAt) {
        ready.remove(fiber);
        fiber.wakeAt = wakeAt;
        fiber.order = ties.nextLong();
        ready.add(fiber);
    }

    private void yieldFrom(Fiber me) {
        Fiber next = next();
        if (next != me) {
            next.permit.release();
            me.permit.acquireUninterruptibly();
        }
    }

    private Fiber next() {
        Fiber next = requireNonNull(ready.poll(), "nothing is left to run: a deadlock in simulated time");
        nowNanos = Math.max(nowNanos, next.wakeAt);
        current = next;
        return next;
    }

    /** What runs in one simulated thread. */
    private interface Body {
        void run() throws InterruptedException;
    }

    private static final class Fiber {
        private final Semaphore permit = new Semaphore(0);
        private final List<Fiber> waiters = new ArrayList<>();
        private long wakeAt;
        private long order;
        private boolean interrupted;
        private boolean done;
    }

    /** The first failure of several threads; a crash wins, an interruption loses. */
    private static final class Outcome {
        private @Nullable Throwable first;

        void add(Throwable failure) {
            if (first == null || failure instanceof SimulatedCrash || first instanceof InterruptedException) {
                first = failure;
            }
        }

        void rethrow() throws InterruptedException {
            switch (first) {
                case null -> {}
                case InterruptedException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(first);
            }
        }
    }
}
