package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Which lines of a server's containers are wanted.
 *
 * @param service only this Compose service; empty for every one
 * @param since   only lines written at or after; empty for all that the server still has
 * @param tail    how many of the last lines of each container at most; 0 or greater, Integer.MAX_VALUE for all
 * @param follow  whether lines that are yet to be written are wanted
 */
public record LogRequest(Optional<String> service, Optional<Instant> since, int tail, boolean follow) {
    /** Checks that no part is null and the number is not negative. */
    public LogRequest {
        requireNonNull(service, "service is null");
        requireNonNull(since, "since is null");
        if (tail < 0) {
            throw new IllegalArgumentException("tail is below 0: " + tail);
        }
    }
}
