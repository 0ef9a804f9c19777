package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What one container uses and which processes run in it, at one moment.
 *
 * @param id         the engine's identifier
 * @param service    the Compose service
 * @param release    the release that it belongs to
 * @param image      what it was made from
 * @param state      the engine's word, such as {@code running} or {@code exited}
 * @param health     what the check of the engine says, such as "healthy"; "none" without one
 * @param cpuPercent of one core, so above 100 with several
 * @param memory     in bytes
 * @param restarts   how often the engine restarted it
 * @param processes  what runs in it
 */
public record ContainerUsage(
        String id,
        String service,
        ReleaseId release,
        String image,
        String state,
        String health,
        double cpuPercent,
        long memory,
        int restarts,
        List<Running> processes) {
    /** Copies the processes. */
    public ContainerUsage {
        requireNonNull(id, "id is null");
        requireNonNull(service, "service is null");
        requireNonNull(release, "release is null");
        requireNonNull(image, "image is null");
        requireNonNull(state, "state is null");
        requireNonNull(health, "health is null");
        processes = List.copyOf(processes);
    }

    /**
     * A process as the server sees it.
     *
     * @param pid     its number on the server
     * @param user    whose it is
     * @param command its name without arguments, since those may hold secrets
     */
    public record Running(int pid, String user, String command) {
        /** Checks that no part is null. */
        public Running {
            requireNonNull(user, "user is null");
            requireNonNull(command, "command is null");
        }
    }
}
