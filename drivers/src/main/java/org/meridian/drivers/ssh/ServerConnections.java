package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.SshAddress;
import org.meridian.core.spi.HostDriver;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to an app's servers, each proved by the host key that the server has by now. */
public final class ServerConnections {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnections.class);
    private static final Duration REACHING = Duration.ofSeconds(10);

    private final SshConnections connections;
    private final String user;
    private final DeployKey key;
    private final Predicate<Server> behindJump;
    private final Optional<OwnHostKeys> hostKeys;
    private final int port;

    /**
     * Connections by these ways.
     *
     * @param connections the ways to all machines
     * @param user        who logs in to servers that Meridian made; may use sudo without a password
     * @param key         that user's key
     * @param behindJump  whether a server that Meridian made is reached through the configured machines
     * @param hostKeys    the host keys that servers in clouds get at the first contact
     */
    public ServerConnections(
            SshConnections connections,
            String user,
            DeployKey key,
            Predicate<Server> behindJump,
            OwnHostKeys hostKeys) {
        this(connections, user, key, behindJump, Optional.of(hostKeys), Endpoint.SSH_PORT);
    }

    ServerConnections(
            SshConnections connections,
            String user,
            DeployKey key,
            Predicate<Server> behindJump,
            Optional<OwnHostKeys> hostKeys,
            int port) {
        this.connections = requireNonNull(connections, "connections is null");
        this.user = requireNonNull(user, "user is null");
        this.key = requireNonNull(key, "key is null");
        this.behindJump = requireNonNull(behindJump, "behindJump is null");
        this.hostKeys = requireNonNull(hostKeys, "hostKeys is null");
        this.port = port;
    }

    /** Servers that keep the host key that they were born with, each reached without another machine between. */
    static ServerConnections direct(SshConnections connections, String user, DeployKey key, int port) {
        return new ServerConnections(connections, user, key, region -> false, Optional.empty(), port);
    }

    /** Connects to a server, unless it is connected; throws the failure that says why that can't be. Runs nothing there. */
    public void reach(Server server) throws InterruptedException {
        to(server).connect(REACHING);
    }

    /** The way to a server, which others may use too. */
    SshConnection to(Server server) {
        return server.machine()
                .listed()
                .map(connections::machine)
                .orElseGet(() -> connections.made(server.machine().name(), endpoint(server)));
    }

    /**
     * How a machine that Meridian made is called by whatever wants a person's way to it; from now on that reaches it.
     *
     * @param place something on the machine
     */
    public SshAddress nameOf(Server place) {
        String address = place.address().orElseThrow(() -> SshFailures.notKnown(place, "address"));
        SshAddress name = new SshAddress(
                Optional.of(user), address, port == Endpoint.SSH_PORT ? OptionalInt.empty() : OptionalInt.of(port));
        connections.name(name, to(place));
        return name;
    }

    CommandResult run(Server server, Command command) throws InterruptedException {
        CommandResult result = to(server).run(command);
        try {
            proved(server);
        } catch (Failure e) {
            LOG.debug("the host key of {} is pinned another time", server.name(), e);
        }
        return result;
    }

    /** For the day when the deploy key is another, from which its host key can't be worked out any more. */
    void proved(Server server) {
        hostKeys.ifPresent(own -> own.proved(server));
    }

    /**
     * Gives a server that has only just been born, and proves it with its first host key, the one that it has from then on;
     * tells whether it is such a server. Cut off anywhere, it is done again: sshd has the one key or the other.
     */
    boolean handOverHostKey(Server server) throws InterruptedException {
        Optional<Secret> own = hostKeys.flatMap(keys -> keys.toHandOver(server));
        if (own.isEmpty()) {
            return false;
        }
        SshConnection first = connections.made(server.machine().name(), endpoint(server, firstHostKey(server)));
        try {
            String ignored = first.run(HostCommands.replaceHostKey(own.get()))
                    .expect("replacing the host key that it was born with on " + server.name(), ServerShell.LOOK);
            return true;
        } catch (Failure e) {
            String code = e.diagnostic().code();
            if (code.equals(SshFailures.HOST_KEY)) {
                return false;
            }
            throw SshFailures.cutOff(e) || code.equals(HostDriver.UNREACHABLE)
                    ? SshFailures.notYetBooted(server, REACHING, e)
                    : e;
        } finally {
            connections.forget(server.machine().name());
        }
    }

    /** A machine that stays has another name, and stays connected. */
    void forget(ServerName server) {
        connections.forget(new MachineName(server.value()));
        hostKeys.ifPresent(own -> own.forget(server));
    }

    /** Closes the connection to a server's machine, which may have another address when it is needed again. */
    void close(Server server) {
        connections.forget(server.machine().name());
    }

    /** Closes all of them; each opens again when it is needed. */
    void close() {
        connections.close();
    }

    private Endpoint endpoint(Server server) {
        return endpoint(server, hostKeys.flatMap(own -> own.publicKey(server)).orElseGet(() -> firstHostKey(server)));
    }

    private static String firstHostKey(Server server) {
        return server.hostKey().orElseThrow(() -> SshFailures.notKnown(server, "SSH host key"));
    }

    private Endpoint endpoint(Server server, String hostKey) {
        String address = server.address().orElseThrow(() -> SshFailures.notKnown(server, "address"));
        return new Endpoint(
                server.machine().name().value(),
                address,
                port,
                user,
                new Login.Own(key),
                new Trust.Pinned(hostKey),
                behindJump.test(server) ? connections.endpoints().jump() : Optional.empty());
    }
}
