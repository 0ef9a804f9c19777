package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.SshAddress;

/**
 * Which machines a region has that outlive releases.
 *
 * @param origin    where that is said
 * @param firstPort the first of the ports that releases may have on them
 * @param lastPort  the last one
 */
public record HostsLocation(Origin origin, int firstPort, int lastPort) {
    /** The ports unless others are written: below those that Linux gives to outgoing connections. */
    public static final int FIRST_PORT = 20_000;

    /** The last of them. */
    public static final int LAST_PORT = 20_099;

    /** Checks that no part is null. */
    public HostsLocation {
        requireNonNull(origin, "origin is null");
    }

    /** Where machines are said to be. */
    public sealed interface Origin {}

    /**
     * In the configuration itself.
     *
     * @param hosts the machines, at least one
     */
    public record Listed(List<Host> hosts) implements Origin {
        /** Copies the list. */
        public Listed {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * In an output of the team's own Terraform.
     *
     * @param directory its root module
     * @param output    the output's name
     */
    public record TerraformOutput(Path directory, String output) implements Origin {
        /** Checks that no part is null. */
        public TerraformOutput {
            requireNonNull(directory, "directory is null");
            requireNonNull(output, "output is null");
        }
    }

    /**
     * In what a program prints as JSON.
     *
     * @param command the program and its arguments
     */
    public record Printed(List<String> command) implements Origin {
        /** Copies the command. */
        public Printed {
            command = List.copyOf(command);
        }
    }

    /** Meridian makes them, as the region's provider does. */
    public record Made() implements Origin {}

    /**
     * A machine.
     *
     * @param ssh     how one logs in to it
     * @param address its IP address for the edge; empty where that is the one for SSH
     */
    public record Host(SshAddress ssh, Optional<String> address) {
        /** Checks that no part is null. */
        public Host {
            requireNonNull(ssh, "ssh is null");
            requireNonNull(address, "address is null");
        }
    }
}
