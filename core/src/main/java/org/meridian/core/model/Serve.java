package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

/**
 * Which container answers readers, and how its health is told.
 *
 * @param service  the Compose service
 * @param port     the port that the service listens on inside its container
 * @param hostPort the port on the server under which it is published
 * @param health   the health check
 */
public record Serve(String service, int port, int hostPort, HealthCheck health) {
    /** Checks the ports; throws IllegalArgumentException outside 1 to 65535. */
    public Serve {
        requireNonNull(service, "service is null");
        requireNonNull(health, "health is null");
        if (port < 1 || port > 65_535 || hostPort < 1 || hostPort > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port + " or " + hostPort);
        }
    }
}
