package org.meridian.drivers.ssh;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;

/** Opens connections to machines whose host key is known beforehand, straight or through others. */
final class SshConnector implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int HEARTBEATS_MISSED = 3;

    private final Bastions bastions = new Bastions(this);
    private @Nullable SshClient client;

    /** A connection that is authenticated on both sides; fails saying which part did not come about. */
    ClientSession connect(Endpoint to, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        if (to.via().isEmpty()) {
            return connect(to, resolved(to, within), within, deadline);
        }
        try (Bastions.Tunnel tunnel = bastions.tunnel(to.via().get(), to, within)) {
            return connect(to, tunnel.entrance(), within, deadline);
        } catch (Failure e) {
            throw bastions.explained(e, to, left(deadline));
        }
    }

    private ClientSession connect(Endpoint to, InetSocketAddress address, Duration within, long deadline)
            throws InterruptedException {
        Attempt attempt = new Attempt(to);
        List<KeyPair> keys = to.login().keys();
        @Nullable ClientSession session = null;
        try {
            session = client().connect(to.user(), address, attempt.context(), null)
                    .verify(left(deadline))
                    .getSession();
            keys.forEach(session::addPublicKeyIdentity);
            session.auth().verify(left(deadline));
            return session;
        } catch (InterruptedIOException e) {
            discard(session);
            throw interrupted(e);
        } catch (IOException | RuntimeException e) {
            discard(session);
            throw attempt.refused()
                    .map(presented -> to.trust().refusal(to, presented))
                    .orElseGet(() -> SshFailures.notConnected(to, within, e));
        }
    }

    /** Names are resolved here and within the time limit, so that an unknown one is told as such. */
    private static InetSocketAddress resolved(Endpoint to, Duration within) throws InterruptedException {
        CompletableFuture<InetAddress> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(InetAddress.getByName(to.host()));
            } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return new InetSocketAddress(answer.get(within.toMillis(), TimeUnit.MILLISECONDS), to.port());
        } catch (ExecutionException | CompletionException e) {
            throw SshFailures.notConnected(to, within, e);
        } catch (TimeoutException e) {
            throw SshFailures.slowName(to, within);
        }
    }

    @Override
    public synchronized void close() {
        bastions.close();
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
        // MINA looks for nothing by itself: what of the person's SSH set-up plays a part is in the endpoint.
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setAgentFactory(new Agents());
        client.setKeyExchangeFactories(KeyExchanges.ordered(client.getKeyExchangeFactories()));
        client.setForwardingFilter(ReverseTunnel.TO_THIS_MACHINE);
        client.setServerKeyVerifier((session, address, presented) -> Attempt.of(session)
                .filter(attempt -> attempt.accepts(presented))
                .isPresent());
        client.addSessionListener(new KnownKeysFirst());
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, HEARTBEATS_MISSED);
        client.start();
        return client;
    }

    static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    private static void discard(@Nullable ClientSession session) {
        if (session != null) {
            session.close(true);
        }
    }

    static InterruptedException interrupted(InterruptedIOException e) {
        InterruptedException interrupted = new InterruptedException(e.getMessage());
        interrupted.initCause(e);
        return interrupted;
    }

    /**
     * Asks a machine first for a host key of a type that is known, as OpenSSH does; otherwise one that has several keys
     * might present another. Certificates are not asked for.
     */
    private static final class KnownKeysFirst implements SessionListener {
        @Override
        public void sessionCreated(Session session) {
            Optional<Attempt> attempt = Attempt.of(session);
            List<NamedFactory<Signature>> usual = session.getSignatureFactories();
            List<NamedFactory<Signature>> ordered = new ArrayList<>();
            List<String> known = attempt.map(one -> one.to().trust().keyTypes()).orElse(List.of());
            usual.stream().filter(one -> isOf(one, known)).forEach(ordered::add);
            usual.stream()
                    .filter(one -> !isOf(one, known) && !one.getName().contains("-cert-"))
                    .forEach(ordered::add);
            session.setSignatureFactories(ordered);
        }

        /** RSA keys sign in three ways with names of their own (RFC 8332). */
        private static boolean isOf(NamedFactory<Signature> one, List<String> types) {
            String name = one.getName();
            return types.contains(name)
                    || (types.contains("ssh-rsa") && name.startsWith("rsa-sha2-") && !name.contains("-cert-"));
        }
    }
}
