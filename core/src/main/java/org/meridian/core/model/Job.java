package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * Something that is run by schedule, on one server of one region, by the release that serves there.
 *
 * @param schedule when
 * @param service  in a new container of which Compose service
 * @param command  what, as an argv
 * @param region   where
 * @param overlap  what becomes of a time that comes while it still runs
 * @param timeout  how long a run may take; then its container is stopped
 */
public record Job(
        Schedule schedule, String service, List<String> command, RegionName region, Overlap overlap, Duration timeout) {
    /** How long a run may take of which nothing is said. */
    public static final Duration USUAL_TIMEOUT = Duration.ofMinutes(10);

    /** Copies the command. */
    public Job {
        requireNonNull(schedule, "schedule is null");
        requireNonNull(service, "service is null");
        command = List.copyOf(command);
        requireNonNull(region, "region is null");
        requireNonNull(overlap, "overlap is null");
        requireNonNull(timeout, "timeout is null");
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a job has a command");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a job may take a second or longer, not " + timeout);
        }
    }

    /** What becomes of times at which a run is due while the one before still goes on; never do two run at once. */
    public enum Overlap {
        /** Nothing runs for them. */
        SKIP,
        /** One run follows, for all of them. */
        QUEUE
    }
}
