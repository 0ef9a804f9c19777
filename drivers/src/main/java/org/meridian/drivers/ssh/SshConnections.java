package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.SshSettings;
import org.meridian.drivers.command.CommandRunner;

/** The connections to all machines, each opened when it is needed and shared by everything that is done there. */
public final class SshConnections implements AutoCloseable {
    private final SshSettings settings;
    private final Endpoints endpoints;
    private final SshConnector connector = new SshConnector();
    private final ConnectionLimit limit;
    private final Map<SshAddress, SshConnection> machines = new ConcurrentHashMap<>();
    private final Map<MachineName, SshConnection> made = new ConcurrentHashMap<>();

    /** Connections by these settings; nothing is read or connected to before it is needed. */
    public SshConnections(SshSettings settings) {
        this(settings, Optional.empty(), HostKeyPins.NONE);
    }

    /**
     * The same for a team.
     *
     * @param team the key that all log in with, also to machines of their own; empty where everybody has their own
     * @param pins the host keys that all share
     */
    public SshConnections(SshSettings settings, Optional<DeployKey> team, HostKeyPins pins) {
        this.settings = requireNonNull(settings, "settings is null");
        this.endpoints = new Endpoints(settings, team, pins);
        this.limit = new ConnectionLimit(settings.connections());
    }

    /**
     * Runs commands as root on a machine that was there before Meridian, whose host key the person's known hosts have.
     *
     * <p>Throws a Failure of kind USAGE when the person's SSH configuration can't be used.
     */
    public CommandRunner to(SshAddress machine) {
        return machine(machine);
    }

    /** The host key that the machine proved to have, in OpenSSH's public form. */
    public String hostKey(SshAddress machine) throws InterruptedException {
        return machine(machine).hostKey();
    }

    /** The machine's real name or address, without a port, as the SSH configuration has it. */
    public String host(SshAddress machine) {
        return machine(machine).endpoint().host();
    }

    SshConnection machine(SshAddress machine) {
        // Not within computeIfAbsent: reading the SSH configuration may fail and may take a while.
        SshConnection known = machines.get(machine);
        if (known != null) {
            return known;
        }
        SshConnection made = connection(endpoints.of(machine));
        SshConnection other = machines.putIfAbsent(machine, made);
        return other == null ? made : other;
    }

    /** The connection kept for a machine that Meridian made; one to where it was before is closed. */
    SshConnection made(MachineName name, Endpoint endpoint) {
        return made.compute(name, (machine, kept) -> {
            if (kept != null && kept.endpoint().equals(endpoint)) {
                return kept;
            }
            if (kept != null) {
                kept.close();
            }
            return connection(endpoint);
        });
    }

    /** Connects and closes again, beside the connections that are kept. */
    void attempt(Endpoint endpoint, Duration within) throws InterruptedException {
        try (SshConnection once = connection(endpoint)) {
            once.connect(within);
        }
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /** From now on this is a machine that Meridian made, and is reached by that connection. */
    void name(SshAddress machine, SshConnection connection) {
        machines.put(machine, connection);
    }

    /** Closes the connection kept for a machine that Meridian made. */
    void forget(MachineName machine) {
        SshConnection connection = made.remove(machine);
        if (connection != null) {
            connection.close();
        }
    }

    int open() {
        return limit.open();
    }

    @Override
    public void close() {
        made.values().forEach(SshConnection::close);
        machines.values().forEach(SshConnection::close);
        made.clear();
        machines.clear();
        connector.close();
    }

    private SshConnection connection(Endpoint endpoint) {
        return new SshConnection(endpoint, connector, limit, settings.connectWithin());
    }
}
