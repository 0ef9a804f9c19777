package org.meridian.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.meridian.core.spi.Tasks;

/**
 * Virtual time and deterministic concurrency: one fiber runs at a time, the next is the one that wakes first, and ties
 * are broken by the seed. The same seed gives the same run.
 */
final class Scheduler {
    /** When simulated time begins. */
    static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    /** No run lasts longer; one that does waits for something that never comes. */
    private static final long LONGEST = Duration.ofDays(30).toNanos();

    private final SplittableRandom ties;
    private final FiberQueue queue = new FiberQueue();
    private long nowNanos;
    private final Fiber root = new Fiber();
    private Fiber current = root;
    private boolean stuck;

    /** A scheduler whose calling thread is the first that runs. */
    Scheduler(long seed) {
        this.ties = new SplittableRandom(seed);
    }

    /** Nanoseconds since the beginning. */
    long nanos() {
        return nowNanos;
    }

    /** True time; a deployer's own clock may say something else. */
    Instant now() {
        return EPOCH.plusNanos(nowNanos);
    }

    void sleep(Duration duration) throws InterruptedException {
        sleep(duration.toNanos());
    }

    void sleep(long nanos) throws InterruptedException {
        Fiber me = currentFiber();
        if (!me.interrupted) {
            enqueue(me, nowNanos + Math.max(1, nanos));
            switchFrom(me);
        }
        if (me.interrupted) {
            me.interrupted = false;
            throw new InterruptedException("interrupted at " + nowNanos);
        }
    }

    /** Sleeps whatever happens. */
    void sleepThrough(long nanos) {
        Fiber me = currentFiber();
        long until = nowNanos + Math.max(1, nanos);
        boolean interrupted = me.interrupted;
        while (nowNanos < until) {
            enqueue(me, until);
            switchFrom(me);
            interrupted |= me.interrupted;
        }
        me.interrupted = interrupted;
    }

    /** As {@link Tasks#forEach}, the fibers being that deployer's. */
    <T> void forEach(@Nullable Deployer deployer, Collection<T> items, Tasks.Action<T> action)
            throws InterruptedException {
        if (items.size() == 1) {
            action.run(items.iterator().next());
            return;
        }
        FiberGroup group = new FiberGroup(items.size());
        for (T item : items) {
            spawn(deployer, () -> action.run(item), group);
        }
        boolean interrupted = join(group, true);
        group.rethrow();
        if (interrupted) {
            throw new InterruptedException("interrupted at " + nowNanos);
        }
    }

    /** Starts something beside the caller. */
    FiberGroup start(@Nullable Deployer deployer, Tasks.Work work) {
        FiberGroup group = new FiberGroup(1);
        spawn(deployer, work, group);
        return group;
    }

    /** Waits until all have ended; tells whether the caller was interrupted meanwhile. */
    boolean join(FiberGroup group, boolean passInterruptOn) {
        Fiber me = currentFiber();
        boolean interrupted = false;
        group.waiter = me;
        while (group.running > 0) {
            if (me.interrupted && passInterruptOn) {
                me.interrupted = false;
                interrupted = true;
                interrupt(group);
            }
            switchFrom(me);
        }
        group.waiter = null;
        return interrupted;
    }

    void interrupt(FiberGroup group) {
        group.fibers.forEach(this::interrupt);
    }

    /** What the running fiber waits for now is on its way, and arrives also when its deployer hangs. */
    void sending(boolean begins) {
        current.sending = begins;
    }

    /** Lets a fiber look at once whether it is still wanted. */
    void wake(Fiber fiber) {
        if (!fiber.done && fiber != current) {
            enqueue(fiber, nowNanos);
        }
    }

    /** The running fiber; what may throw no InterruptedException has left the mark of one at its thread. */
    private Fiber currentFiber() {
        current.interrupted |= Thread.interrupted();
        return current;
    }

    private void spawn(@Nullable Deployer deployer, Tasks.Work work, FiberGroup group) {
        Fiber fiber = new Fiber(deployer, () -> run(deployer, work, group));
        group.fibers.add(fiber);
        if (deployer != null) {
            deployer.fibers.add(fiber);
        }
        enqueue(fiber, nowNanos);
    }

    private void run(@Nullable Deployer deployer, Tasks.Work work, FiberGroup group) {
        Fiber me = current;
        Throwable failure = null;
        try {
            if (deployer != null) {
                deployer.check();
            }
            work.run();
        } catch (InterruptedException | RuntimeException | Error e) {
            failure = e;
        }
        me.done = true;
        if (deployer != null) {
            deployer.ended(me);
        }
        if (group.ended(failure)) {
            interrupt(group);
        }
        if (group.running == 0 && group.waiter != null) {
            enqueue(group.waiter, nowNanos);
        }
        next().release();
    }

    private void interrupt(Fiber fiber) {
        if (!fiber.done && fiber != current) {
            fiber.interrupted = true;
            enqueue(fiber, nowNanos);
        }
    }

    private void enqueue(Fiber fiber, long wakeAt) {
        fiber.wakeAt = wakeAt;
        fiber.order = ties.nextLong();
        queue.put(fiber);
    }

    private void switchFrom(Fiber me) {
        Fiber next = next();
        if (next != me) {
            next.release();
            me.await();
        }
        if (stuck) {
            throw new IllegalStateException("nothing goes on in simulated time: a deadlock, or a wait without an end");
        }
    }

    private Fiber next() {
        if (queue.isEmpty() || nowNanos > LONGEST) {
            stuck = true;
            current = root;
            return root;
        }
        Fiber next = queue.poll();
        while (next.deployer != null
                && !next.sending
                && next.deployer.pausedUntil() > Math.max(nowNanos, next.wakeAt)) {
            enqueue(next, next.deployer.pausedUntil());
            next = queue.poll();
        }
        nowNanos = Math.max(nowNanos, next.wakeAt);
        current = next;
        return next;
    }
}
