package org.meridian.cli.world;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, for a bounded time. */
final class Wait {
    private Wait() {}

    /** Looks four times a second until it holds; throws AssertionError after that long. */
    static void until(String what, Duration atMost, Supplier<Boolean> condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
    }
}
