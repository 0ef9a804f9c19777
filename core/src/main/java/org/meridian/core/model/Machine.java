package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What boots: a virtual machine, a computer of metal, a container that is a whole machine. It has one server, or several.
 *
 * @param name    its name, unique within an app
 * @param access  who made it, and so how one logs in
 * @param address the address that Meridian and the edge reach it at; empty while it has none
 * @param hostKey its SSH host key in OpenSSH's public form: what it proved to have where it is listed, what it was born with where
 *                it was made; empty while none is known
 */
public record Machine(MachineName name, Access access, Optional<String> address, Optional<String> hostKey) {
    /** Checks that no part is null. */
    public Machine {
        requireNonNull(name, "name is null");
        requireNonNull(access, "access is null");
        requireNonNull(address, "address is null");
        requireNonNull(hostKey, "hostKey is null");
    }

    /** One that was there before Meridian. */
    public static Machine listed(SshAddress ssh, Optional<String> address, Optional<String> hostKey) {
        return new Machine(new MachineName(ssh.toString()), new Access.Listed(ssh), address, hostKey);
    }

    /** One that Meridian made. */
    public static Machine made(MachineName name, Optional<String> address, Optional<String> hostKey) {
        return new Machine(name, new Access.Made(), address, hostKey);
    }

    /** How a person's SSH reaches it; empty for one that Meridian made. */
    public Optional<SshAddress> listed() {
        return access instanceof Access.Listed(SshAddress ssh) ? Optional.of(ssh) : Optional.empty();
    }

    /** Who made a machine, and so how one logs in. */
    public sealed interface Access {
        /**
         * It was there before Meridian: people log in with their own SSH configuration, or with their team's key.
         *
         * @param ssh how the configuration names it
         */
        record Listed(SshAddress ssh) implements Access {
            /** Checks that it is there. */
            public Listed {
                requireNonNull(ssh, "ssh is null");
            }
        }

        /** Meridian made it, and logs in with the deploy key. */
        record Made() implements Access {}
    }
}
