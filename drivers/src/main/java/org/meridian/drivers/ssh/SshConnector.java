package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Server;

/** Opens connections with Meridian's own key, to servers that prove to have the host key known from their provider. */
final class SshConnector implements AutoCloseable {
    private static final AttributeKey<String> PINNED = new AttributeKey<>();
    private static final AttributeKey<String> REFUSED = new AttributeKey<>();
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int HEARTBEATS_MISSED = 3;

    private final String user;
    private final DeployKey key;
    private final int port;
    private @Nullable SshClient client;

    SshConnector(String user, DeployKey key, int port) {
        this.user = requireNonNull(user, "user is null");
        this.key = requireNonNull(key, "key is null");
        this.port = port;
    }

    /** A connection that is authenticated on both sides; fails saying which part did not come about. */
    ClientSession connect(Server server, Duration within) throws InterruptedException {
        String address = server.address().orElseThrow(() -> SshFailures.notKnown(server, "address"));
        String hostKey = server.hostKey().orElseThrow(() -> SshFailures.notKnown(server, "SSH host key"));
        AttributeRepository context = AttributeRepository.ofKeyValuePair(PINNED, hostKey);
        long deadline = System.nanoTime() + within.toNanos();
        @Nullable ClientSession session = null;
        try {
            session = client().connect(user, address, port, context, null)
                    .verify(within)
                    .getSession();
            session.addPublicKeyIdentity(key.keyPair());
            session.auth().verify(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            return session;
        } catch (InterruptedIOException e) {
            discard(session);
            throw interrupted(e);
        } catch (IOException | RuntimeException e) {
            String refused = session == null ? null : session.getAttribute(REFUSED);
            discard(session);
            throw refused == null
                    ? SshFailures.notConnected(server, address + ":" + port, user, within, e)
                    : SshFailures.otherHostKey(server, address, hostKey, refused);
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.stop();
            client = null;
        }
    }

    private synchronized SshClient client() {
        if (client == null) {
            client = started();
        }
        return client;
    }

    private static SshClient started() {
        SshClient client = SshClient.setUpDefaultClient();
        // Nothing of the person's own SSH set-up plays a part: no configuration, no keys, no agent, no password.
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setServerKeyVerifier(
                (session, address, presented) -> accepts(session, PublicKeyEntry.toString(presented)));
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, HEARTBEATS_MISSED);
        client.start();
        return client;
    }

    private static boolean accepts(ClientSession session, String presented) {
        AttributeRepository context = session.getConnectionContext();
        boolean same = context != null && presented.equals(context.getAttribute(PINNED));
        if (!same) {
            session.setAttribute(REFUSED, presented);
        }
        return same;
    }

    private static void discard(@Nullable ClientSession session) {
        if (session != null) {
            session.close(true);
        }
    }

    private static InterruptedException interrupted(InterruptedIOException e) {
        InterruptedException interrupted = new InterruptedException(e.getMessage());
        interrupted.initCause(e);
        return interrupted;
    }
}
