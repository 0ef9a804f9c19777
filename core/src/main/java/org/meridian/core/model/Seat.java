package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

/**
 * A server's place on a machine that was there before it and that it shares with servers of other releases.
 *
 * @param machine how one logs in to the machine
 * @param port    the machine's port under which this server's app is published
 */
public record Seat(SshAddress machine, int port) {
    /** Checks the port; throws IllegalArgumentException outside 1 to 65535. */
    public Seat {
        requireNonNull(machine, "machine is null");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }
}
