package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Which container answers requests, and how its health is told.
 *
 * @param service  the Compose service
 * @param port     the port that the service listens on inside its container
 * @param hostPort the port on the server under which it is published
 * @param health   the health check
 * @param others   the other ports that the service publishes, in Compose's short form; they are published where a release
 *                 has the machine for itself
 */
public record Serve(String service, int port, int hostPort, HealthCheck health, List<String> others) {
    /** Checks the ports; throws IllegalArgumentException outside 1 to 65535. */
    public Serve {
        requireNonNull(service, "service is null");
        requireNonNull(health, "health is null");
        others = List.copyOf(others);
        if (port < 1 || port > 65_535 || hostPort < 1 || hostPort > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port + " or " + hostPort);
        }
    }

    /** A service that publishes no other port. */
    public Serve(String service, int port, int hostPort, HealthCheck health) {
        this(service, port, hostPort, health, List.of());
    }
}
