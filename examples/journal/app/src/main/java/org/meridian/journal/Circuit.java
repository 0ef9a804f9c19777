package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps requests from waiting for something that has just failed. It opens with a failure; after a rest one caller tries
 * again, while the others still do without, until a success closes it.
 */
final class Circuit {
    private static final Instant CLOSED = Instant.MIN;

    private final Duration rest;
    private final InstantSource clock;
    private final AtomicReference<Instant> restsUntil = new AtomicReference<>(CLOSED);

    Circuit(Duration rest, InstantSource clock) {
        this.rest = requireNonNull(rest, "rest is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Whether to do without for now. Who is told no is to try, and then to say how it went. */
    boolean isOpen() {
        Instant until = restsUntil.get();
        if (until.equals(CLOSED)) {
            return false;
        }
        Instant now = clock.instant();
        return now.isBefore(until) || !restsUntil.compareAndSet(until, now.plus(rest));
    }

    /** Notes a failure. */
    void open() {
        restsUntil.set(clock.instant().plus(rest));
    }

    /** Notes a success. */
    void close() {
        restsUntil.set(CLOSED);
    }
}
