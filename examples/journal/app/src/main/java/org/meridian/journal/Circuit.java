package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps requests from waiting for something that has just failed. It opens with a failure; after a rest one caller
 * tries again, while the others still do without, until a success closes it.
 */
final class Circuit {
    private static final long CLOSED = Long.MIN_VALUE;

    private final Duration rest;
    private final InstantSource clock;
    private final AtomicLong restsUntilMillis = new AtomicLong(CLOSED);

    Circuit(Duration rest, InstantSource clock) {
        this.rest = requireNonNull(rest, "rest is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Whether to do without for now. Who is told no is to try, and then to say how it went. */
    boolean isOpen() {
        long until = restsUntilMillis.get();
        if (until == CLOSED) {
            return false;
        }
        long now = clock.millis();
        return now < until || !restsUntilMillis.compareAndSet(until, now + rest.toMillis());
    }

    /** Notes a failure. */
    void open() {
        restsUntilMillis.set(clock.millis() + rest.toMillis());
    }

    /** Notes a success. */
    void close() {
        restsUntilMillis.set(CLOSED);
    }
}
