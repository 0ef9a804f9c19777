package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * How a run of a job ended, as the server remembers it.
 *
 * @param job      the job
 * @param server   where it ran
 * @param release  the release that it was of
 * @param began    when it began
 * @param ended    when it ended, or when it was found to have been cut off
 * @param exitCode its command's exit code
 * @param end      how it ended
 * @param byHand   whether a person asked for it, rather than the schedule
 * @param output   the end of what it wrote; empty where it was not asked for
 */
public record JobRun(
        String job,
        ServerName server,
        ReleaseId release,
        Instant began,
        Instant ended,
        int exitCode,
        End end,
        boolean byHand,
        String output) {
    /** Checks that no part is null. */
    public JobRun {
        requireNonNull(job, "job is null");
        requireNonNull(server, "server is null");
        requireNonNull(release, "release is null");
        requireNonNull(began, "began is null");
        requireNonNull(ended, "ended is null");
        requireNonNull(end, "end is null");
        requireNonNull(output, "output is null");
    }

    /** The same with another text for what it wrote. */
    public JobRun writing(String text) {
        return new JobRun(job, server, release, began, ended, exitCode, end, byHand, text);
    }

    /** How long it took. */
    public Duration took() {
        return Duration.between(began, ended);
    }

    /** How a run ended. */
    public enum End {
        /** With exit code 0. */
        OK,
        /** With another one, or it could not be started. */
        FAILED,
        /** It was stopped since its time was over. */
        TIMEOUT,
        /** It was stopped with its server, or by somebody there. */
        STOPPED,
        /** Its server went off in the midst of it. */
        LOST
    }
}
