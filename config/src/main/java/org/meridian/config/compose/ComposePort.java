package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.diagnostic.Location;

/**
 * A port of a Compose service.
 *
 * @param where     where it is written
 * @param container the port inside the container
 * @param host      the fixed port of the machine that it is published under; empty when Docker picks one, or none is
 * @param hostIp    the address of the machine that it is published on; empty for all of them
 */
public record ComposePort(Location where, int container, Optional<Integer> host, String hostIp) {
    /** Checks that no part is null. */
    public ComposePort {
        requireNonNull(where, "where is null");
        requireNonNull(host, "host is null");
        requireNonNull(hostIp, "hostIp is null");
    }

    /** In Compose's short form. */
    String written() {
        String address = hostIp.isEmpty() ? "" : (hostIp.contains(":") ? "[" + hostIp + "]" : hostIp) + ":";
        return address + host.map(port -> port + ":").orElse("") + container;
    }

    /** Whether it is published on all of the machine's IPv4 addresses, as it is when none is written. */
    public boolean everywhere() {
        return hostIp.isEmpty() || hostIp.equals("0.0.0.0");
    }
}
