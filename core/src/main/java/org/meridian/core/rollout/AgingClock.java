package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A counter that goes on while the machine is suspended.
 *
 * <p>{@link System#nanoTime} does not: it is CLOCK_MONOTONIC on Linux (clock_gettime(2)) and mach_absolute_time on macOS. What
 * the wall clock gained on it between two looks is taken for sleep. So a wall clock that is set forward ages things early, which
 * is the safe side; one that is set back takes no age away, and a sleep after it is seen as long as there was a look between.
 */
final class AgingClock {
    /** A wall clock that is put right slowly gains less between two looks. */
    private static final Duration SLEW = Duration.ofSeconds(1);

    private final LongSupplier counter;
    private final LongSupplier wallMillis;
    private long lastCounter;
    private long lastWall;
    private long slept;

    /** Counts by these: nanoseconds that may stand still, and milliseconds that may jump. */
    AgingClock(LongSupplier counter, LongSupplier wallMillis) {
        this.counter = requireNonNull(counter, "counter is null");
        this.wallMillis = requireNonNull(wallMillis, "wallMillis is null");
        this.lastCounter = counter.getAsLong();
        this.lastWall = wallMillis.getAsLong();
    }

    synchronized long nanos() {
        long now = counter.getAsLong();
        long wall = wallMillis.getAsLong();
        long gained = Duration.ofMillis(wall - lastWall).toNanos() - (now - lastCounter);
        if (gained > SLEW.toNanos()) {
            slept += gained;
        }
        lastCounter = now;
        lastWall = wall;
        return now + slept;
    }
}
