package org.meridian.core.spi;

import java.time.Duration;
import java.time.Instant;

/** The clock, so that a simulation can have its own. */
public interface Time {
    /** Now, by the wall clock. */
    Instant now();

    /** A counter of nanoseconds for measuring; only differences mean something. */
    long nanos();

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;
}
