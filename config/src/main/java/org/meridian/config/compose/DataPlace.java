package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where a service is that keeps data.
 *
 * @param machine its machine, as the configuration names it for SSH
 * @param address the machine's IP address at which other machines reach it; empty where there are none
 * @param port    the port there, which is that in the container too; 0 where there is no address
 */
public record DataPlace(String machine, Optional<String> address, int port) {
    /** Checks that no part is null. */
    public DataPlace {
        requireNonNull(machine, "machine is null");
        requireNonNull(address, "address is null");
    }

    /** As Compose publishes it; empty where no other machine reaches it. */
    Optional<String> published() {
        return address.map(ip -> (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port + ":" + port);
    }
}
