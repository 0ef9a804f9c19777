package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A container of a worker, as its server's engine tells of it.
 *
 * @param service  the worker
 * @param state    in the engine's word, such as {@code running}, {@code restarting} or {@code exited}
 * @param restarts how often the engine has started it again since it ended by itself; 0 or greater
 * @param since    when it was started last; empty where it never was
 */
public record WorkerContainer(String service, String state, int restarts, Optional<Instant> since) {
    /** Checks that no part is null and that nothing is negative. */
    public WorkerContainer {
        requireNonNull(service, "service is null");
        requireNonNull(state, "state is null");
        requireNonNull(since, "since is null");
        if (restarts < 0) {
            throw new IllegalArgumentException("a container is not started again " + restarts + " times");
        }
    }

    /** Whether it runs now. */
    public boolean runs() {
        return state.equals("running");
    }
}
