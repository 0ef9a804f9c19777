package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How the public address is requested while a rollout runs.
 *
 * @param path          the path requested; an answer below 500 within the timeout counts as good
 * @param perSecond     requests a second from each region's point of view; 1 to 100
 * @param timeout       of one request
 */
public record ProbeSettings(String path, int perSecond, Duration timeout) {
    /** Checks the ranges; throws IllegalArgumentException outside them. */
    public ProbeSettings {
        requireNonNull(path, "path is null");
        requireNonNull(timeout, "timeout is null");
        if (perSecond < 1 || perSecond > 100) {
            throw new IllegalArgumentException("a probe rate is 1 to 100 requests a second, not " + perSecond);
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a probe path starts with /, unlike '" + path + "'");
        }
    }
}
