package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import org.meridian.core.model.Server;
import org.meridian.core.model.SshAddress;

/** A machine that lets the deploy key in. */
public sealed interface KeyPlace {
    /** What people know it by. */
    String name();

    /**
     * A server whose machine Meridian made.
     *
     * @param server the server
     */
    record Made(Server server) implements KeyPlace {
        /** Checks that it is there. */
        public Made {
            requireNonNull(server, "server is null");
        }

        @Override
        public String name() {
            return server.name().value();
        }
    }

    /**
     * A machine that was there before Meridian.
     *
     * @param machine how one logs in to it
     */
    record Existing(SshAddress machine) implements KeyPlace {
        /** Checks that it is there. */
        public Existing {
            requireNonNull(machine, "machine is null");
        }

        @Override
        public String name() {
            return machine.toString();
        }
    }
}
