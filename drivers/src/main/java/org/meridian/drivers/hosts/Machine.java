package org.meridian.drivers.hosts;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.model.SshAddress;

/**
 * A machine that exists.
 *
 * @param ssh     how one logs in to it
 * @param address where the edge reaches it, an IP address; empty where that is the address that SSH has
 */
public record Machine(SshAddress ssh, Optional<String> address) {
    /** Checks that no part is null. */
    public Machine {
        requireNonNull(ssh, "ssh is null");
        requireNonNull(address, "address is null");
    }
}
