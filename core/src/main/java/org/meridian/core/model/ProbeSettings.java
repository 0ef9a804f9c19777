package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How the public address is requested while a rollout runs.
 *
 * @param path          the path requested; an answer below 500 within the timeout counts as good
 * @param perSecond     requests a second from each region's point of view, 1 to 100; empty for as many as the app bears
 * @param timeout       of one request
 */
public record ProbeSettings(String path, Optional<Integer> perSecond, Duration timeout) {
    /** Checks the ranges; throws IllegalArgumentException outside them. */
    public ProbeSettings {
        requireNonNull(path, "path is null");
        requireNonNull(timeout, "timeout is null");
        if (perSecond.filter(rate -> rate < 1 || rate > 100).isPresent()) {
            throw new IllegalArgumentException("a probe rate is 1 to 100 requests a second, not " + perSecond.get());
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a probe path starts with /, unlike '" + path + "'");
        }
    }

    /** So many requests a second. */
    public ProbeSettings(String path, int perSecond, Duration timeout) {
        this(path, Optional.of(perSecond), timeout);
    }
}
