package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What a server says of a job of its release.
 *
 * @param job       the job
 * @param scheduled whether the server runs it by schedule
 * @param next      when it is due next there
 * @param running   since when it runs there
 */
public record JobState(String job, boolean scheduled, Optional<Instant> next, Optional<Instant> running) {
    /** Checks that no part is null. */
    public JobState {
        requireNonNull(job, "job is null");
        requireNonNull(next, "next is null");
        requireNonNull(running, "running is null");
    }
}
