package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import org.meridian.core.model.SshAddress;
import org.meridian.drivers.command.CommandRunner;
import org.meridian.drivers.hosts.MachineAccess;
import org.meridian.drivers.ssh.SshConnections;

/**
 * Machines as the SSH driver reaches them.
 *
 * @param connections the ways to them
 */
record SshAccess(SshConnections connections) implements MachineAccess {
    SshAccess {
        requireNonNull(connections, "connections is null");
    }

    @Override
    public CommandRunner to(SshAddress machine) {
        return connections.to(machine);
    }

    @Override
    public String hostKey(SshAddress machine) throws InterruptedException {
        return connections.hostKey(machine);
    }

    @Override
    public String host(SshAddress machine) {
        return connections.host(machine);
    }
}
