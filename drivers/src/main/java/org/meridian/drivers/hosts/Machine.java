package org.meridian.drivers.hosts;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.SshAddress;

/**
 * A machine that servers of several releases share.
 *
 * @param ssh     how one logs in to it
 * @param address where the edge reaches it, an IP address; empty where that is the address that SSH has
 * @param made    how it came to be, where Meridian made it; empty where it was there before
 */
public record Machine(SshAddress ssh, Optional<String> address, Optional<Made> made) {
    /** Checks that no part is null. */
    public Machine {
        requireNonNull(ssh, "ssh is null");
        requireNonNull(address, "address is null");
        requireNonNull(made, "made is null");
    }

    /** One that was there before Meridian. */
    public Machine(SshAddress ssh, Optional<String> address) {
        this(ssh, address, Optional.empty());
    }

    /** The same as all know it, with what is known of it by now. */
    org.meridian.core.model.Machine known(String reachedAt, String proved) {
        return made.map(one -> org.meridian.core.model.Machine.made(
                        one.name(), Optional.of(reachedAt), Optional.of(one.bornWith())))
                .orElseGet(
                        () -> org.meridian.core.model.Machine.listed(ssh, Optional.of(reachedAt), Optional.of(proved)));
    }

    /**
     * That Meridian made it.
     *
     * @param name     its name
     * @param bornWith its first SSH host key in OpenSSH's public form
     */
    public record Made(MachineName name, String bornWith) {
        /** Checks that no part is null. */
        public Made {
            requireNonNull(name, "name is null");
            requireNonNull(bornWith, "bornWith is null");
        }
    }
}
