package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Keeps requests from waiting for something that has just failed: open for a while after each failure. */
final class Circuit {
    private final Duration rest;
    private final InstantSource clock;
    private volatile Instant closesAt = Instant.MIN;

    Circuit(Duration rest, InstantSource clock) {
        this.rest = requireNonNull(rest, "rest is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Whether to do without for now. */
    boolean isOpen() {
        return clock.instant().isBefore(closesAt);
    }

    /** Notes a failure. */
    void open() {
        closesAt = clock.instant().plus(rest);
    }
}
