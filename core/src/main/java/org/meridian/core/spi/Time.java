package org.meridian.core.spi;

import java.time.Duration;
import java.time.Instant;

/** The clock, so that a simulation can have its own. */
public interface Time {
    /** Now, by the wall clock. */
    Instant now();

    /**
     * A counter of nanoseconds for measuring and for limits of work; only differences mean something. It may stand still while
     * the machine is suspended, as the work does.
     */
    long nanos();

    /**
     * The same, but it goes on while the machine is suspended: for the age of a right, such as a lease, and of what is known
     * of others, who did not sleep. It never goes backwards. The same as {@link #nanos} for a clock whose machine never sleeps.
     */
    default long agingNanos() {
        return nanos();
    }

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;
}
