package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a server uses and what runs on it, at one moment.
 *
 * @param server     the server
 * @param cpuPercent of all its cores together, 0 to 100
 * @param memory     in bytes
 * @param disk       where containers and images lie, in bytes
 * @param containers every container of the app, whether it runs or not
 */
public record ServerUsage(
        ServerName server, double cpuPercent, Amount memory, Amount disk, List<ContainerUsage> containers) {
    /** Copies the containers. */
    public ServerUsage {
        requireNonNull(server, "server is null");
        requireNonNull(memory, "memory is null");
        requireNonNull(disk, "disk is null");
        containers = List.copyOf(containers);
    }

    /**
     * How much of something is used.
     *
     * @param used  in bytes
     * @param total in bytes; 0 when it can't be told
     */
    public record Amount(long used, long total) {}
}
