package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.command.CommandFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/** An SSH server in this process, on a free port of 127.0.0.1, which says what it was asked to run. */
final class TestSshd implements AutoCloseable {
    private final SshServer sshd = SshServer.setUpDefaultServer();
    private final Set<String> authorized = ConcurrentHashMap.newKeySet();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger openNow = new AtomicInteger();
    private final AtomicInteger openAtMost = new AtomicInteger();
    private final List<KeyPair> hostKeys;

    private TestSshd(List<KeyPair> hostKeys) {
        this.hostKeys = hostKeys;
    }

    /** One with a host key of its own. */
    static TestSshd start() throws IOException, GeneralSecurityException {
        return start(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256));
    }

    static TestSshd start(KeyPair... hostKeys) throws IOException {
        TestSshd server = new TestSshd(List.of(hostKeys));
        server.listen(0);
        return server;
    }

    private void listen(int port) throws IOException {
        sshd.setHost("127.0.0.1");
        sshd.setPort(port);
        sshd.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
        sshd.setPublickeyAuthenticator(
                (user, presented, session) -> authorized.contains(PublicKeyEntry.toString(presented)));
        sshd.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        sshd.setCommandFactory((channel, line) -> new Echo(line));
        sshd.addSessionListener(new Counting());
        sshd.start();
    }

    int port() {
        return sshd.getPort();
    }

    /** It proves itself with this key from now on. */
    void changesHostKeyTo(KeyPair key) {
        sshd.setKeyPairProvider(KeyPairProvider.wrap(key));
    }

    /** The first host key, in OpenSSH's form. */
    String hostKey() {
        return PublicKeyEntry.toString(hostKeys.getFirst().getPublic());
    }

    /** The line that a person has in the known hosts. */
    String knownAs(String host) {
        return "[" + host + "]:" + port() + " " + hostKey();
    }

    void letIn(String... publicKeys) {
        authorized.addAll(Arrays.asList(publicKeys));
    }

    void letNobodyIn() {
        authorized.clear();
    }

    void forbidForwarding() {
        sshd.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    }

    /** Every command is taken for this one. */
    void answersAllLike(String command) {
        sshd.setCommandFactory((channel, line) -> new Echo(command));
    }

    /** Everything that is asked to be run from now on, this runs. */
    void runs(CommandFactory factory) {
        sshd.setCommandFactory(factory);
    }

    int sessions() {
        return sshd.getActiveSessions().size();
    }

    int mostSessions() {
        return openAtMost.get();
    }

    void dropAll() throws IOException {
        for (AbstractSession session : sshd.getActiveSessions()) {
            session.close(true).await();
        }
    }

    @Override
    public void close() {
        never.countDown();
        try {
            sshd.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Counting implements SessionListener {
        @Override
        public void sessionCreated(Session session) {
            openAtMost.accumulateAndGet(openNow.incrementAndGet(), Math::max);
        }

        @Override
        public void sessionClosed(Session session) {
            openNow.decrementAndGet();
        }
    }

    /** Writes what it was asked to run and what it got; drops the connection or hangs when asked to. */
    private final class Echo extends AbstractCommandSupport {
        Echo(String line) {
            super(line, null);
        }

        @Override
        public void run() {
            try {
                if (getCommand().endsWith(" drop")) {
                    getServerSession().close(true);
                } else if (getCommand().endsWith(" hang")) {
                    never.await();
                } else if (getCommand().endsWith(" late")) {
                    // As coreutils' timeout ends: after a second, with 124.
                    boolean unused = never.await(1, TimeUnit.SECONDS);
                    onExit(124);
                } else if (getCommand().endsWith(" whoami")) {
                    answer(getServerSession().getUsername(), 0);
                } else {
                    String input = new String(getInputStream().readAllBytes(), UTF_8);
                    answer(getCommand() + "|" + input, 3);
                }
            } catch (IOException | InterruptedException e) {
                onExit(255, e.toString());
            }
        }

        private void answer(String text, int exitCode) throws IOException {
            getOutputStream().write(text.getBytes(UTF_8));
            getOutputStream().flush();
            getErrorStream().write("to standard error".getBytes(UTF_8));
            getErrorStream().flush();
            onExit(exitCode);
        }
    }
}
