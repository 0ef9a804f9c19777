package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How to tell whether an origin is fit to serve.
 *
 * @param path     the path requested; any 2xx answer is healthy
 * @param interval between two checks
 * @param timeout  of one check
 * @param rise     how many good answers in a row make a server healthy; 1 or greater
 * @param within   how long a new server may take to become healthy
 */
public record HealthCheck(String path, Duration interval, Duration timeout, int rise, Duration within) {
    /** Checks the ranges; throws IllegalArgumentException outside them. */
    public HealthCheck {
        requireNonNull(path, "path is null");
        requireNonNull(interval, "interval is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(within, "within is null");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a health path starts with /, unlike '" + path + "'");
        }
        if (rise < 1) {
            throw new IllegalArgumentException("rise is 1 or greater, not " + rise);
        }
    }
}
