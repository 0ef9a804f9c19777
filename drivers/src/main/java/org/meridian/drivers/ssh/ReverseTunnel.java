package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.forward.ForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.forward.TcpForwardingFilter;

/** A port on 127.0.0.1 of a machine that leads to one of this machine, for as long as it is open (RFC 4254, 7.1). */
final class ReverseTunnel implements AutoCloseable {
    /** What comes through a tunnel is let in where Meridian asked for that tunnel, and only to this machine itself. */
    static final ForwardingFilter TO_THIS_MACHINE = new ToThisMachine();

    private final ClientSession session;
    private final SshdSocketAddress there;
    private final Runnable closed;

    private ReverseTunnel(ClientSession session, SshdSocketAddress there, Runnable closed) {
        this.session = session;
        this.there = there;
        this.closed = requireNonNull(closed, "closed is null");
    }

    static ReverseTunnel open(ClientSession session, InetSocketAddress here, Runnable closed) throws IOException {
        SshdSocketAddress there = session.startRemotePortForwarding(
                new SshdSocketAddress(SshdSocketAddress.LOCALHOST_IPV4, 0), new SshdSocketAddress(here));
        return new ReverseTunnel(session, there, closed);
    }

    /** The port there. */
    int port() {
        return there.getPort();
    }

    @Override
    public void close() {
        try {
            if (session.isOpen()) {
                session.stopRemotePortForwarding(there);
            }
        } catch (IOException e) {
            // The port may go with its connection alone.
            session.close(true);
        } finally {
            closed.run();
        }
    }

    /** The forwarder looks up the port among those that were asked for before it connects. */
    private static final class ToThisMachine extends RejectAllForwardingFilter {
        @Override
        public boolean canConnect(TcpForwardingFilter.Type type, SshdSocketAddress address, Session session) {
            return type == TcpForwardingFilter.Type.Forwarded && SshdSocketAddress.isLoopback(address.getHostName());
        }
    }
}
