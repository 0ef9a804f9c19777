package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.HostDriver;

/** The machines that others are reached through; each is connected to once, however many lie behind it. */
final class Bastions implements AutoCloseable {
    private final SshConnector connector;
    private final Map<Endpoint, Bastion> known = new ConcurrentHashMap<>();

    Bastions(SshConnector connector) {
        this.connector = requireNonNull(connector, "connector is null");
    }

    /** A way through a bastion to a machine, that begins on 127.0.0.1 and takes new connections until it is closed. */
    Tunnel tunnel(Endpoint bastion, Endpoint to, Duration within) throws InterruptedException {
        ClientSession session = bastion(bastion).session(within);
        try {
            return new Tunnel(session.createLocalPortForwardingTracker(
                    new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(to.host(), to.port())));
        } catch (IOException | RuntimeException e) {
            throw SshFailures.notConnected(to, within, e);
        }
    }

    /**
     * Why a machine behind a bastion could not be connected to. Through a tunnel every reason looks like a connection that
     * was closed, so the bastion is asked once more, in a way in which it answers.
     */
    Failure explained(Failure failure, Endpoint to, Duration left) throws InterruptedException {
        if (!HostDriver.UNREACHABLE.equals(failure.diagnostic().code())) {
            return failure;
        }
        Duration within = left.compareTo(Duration.ofSeconds(3)) > 0 ? left : Duration.ofSeconds(3);
        Endpoint bastion = to.via().orElseThrow();
        ClientSession session = bastion(bastion).session(within);
        try (ChannelDirectTcpip channel = session.createDirectTcpipChannel(
                new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(to.host(), to.port()))) {
            channel.open().verify(within);
            return failure;
        } catch (IOException e) {
            return SshFailures.notConnected(to, within, e);
        }
    }

    @Override
    public void close() {
        known.values().forEach(Bastion::close);
        known.clear();
    }

    private Bastion bastion(Endpoint endpoint) {
        return known.computeIfAbsent(endpoint, Bastion::new);
    }

    /** The connection to a bastion, opened when needed and again when it was dropped. */
    private final class Bastion {
        private final Endpoint endpoint;
        private final ReentrantLock connecting = new ReentrantLock();
        private volatile @Nullable ClientSession session;

        Bastion(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        ClientSession session(Duration within) throws InterruptedException {
            connecting.lockInterruptibly();
            try {
                ClientSession current = session;
                if (current == null || current.isClosing() || !current.isOpen()) {
                    current = connector.connect(endpoint, within);
                    session = current;
                }
                return current;
            } finally {
                connecting.unlock();
            }
        }

        void close() {
            ClientSession current = session;
            if (current != null) {
                current.close(true);
            }
        }
    }

    /**
     * A way through a bastion. Closing it lets nobody else in; the connection that was made through it stays.
     *
     * @param forwarding MINA's record of it
     */
    record Tunnel(ExplicitPortForwardingTracker forwarding) implements AutoCloseable {
        InetSocketAddress entrance() {
            return forwarding.getBoundAddress().toInetSocketAddress();
        }

        @Override
        public void close() {
            try {
                forwarding.close();
            } catch (IOException e) {
                // The bastion's connection is gone, and the tunnel with it.
            }
        }
    }
}
