package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.HostDriver;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;

/** Connections to an SSH server in this process, which says what it was asked to run. */
final class SshConnectionTest {
    private final SshServer sshd = SshServer.setUpDefaultServer();
    private final CountDownLatch never = new CountDownLatch(1);
    private final DeployKey key;
    private SshConnector connector;
    private String hostKey;

    SshConnectionTest(@TempDir Path directory) {
        this.key = new DeployKey(directory);
    }

    @BeforeEach
    void startServer() throws IOException, GeneralSecurityException {
        KeyPair host = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        hostKey = PublicKeyEntry.toString(host.getPublic());
        String authorized = key.publicKey();
        sshd.setHost("127.0.0.1");
        sshd.setKeyPairProvider(KeyPairProvider.wrap(host));
        sshd.setPublickeyAuthenticator(
                (user, presented, session) -> PublicKeyEntry.toString(presented).equals(authorized));
        sshd.setCommandFactory((channel, line) -> new Echo(line));
        sshd.start();
        connector = new SshConnector("deploy", key, sshd.getPort());
    }

    @AfterEach
    void stopServer() throws IOException {
        never.countDown();
        connector.close();
        sshd.stop(true);
    }

    @Test
    void runs_a_command_with_its_input_and_gives_back_all_that_came() throws InterruptedException {
        try (SshConnection connection = connection(hostKey)) {
            CommandResult result = connection.run(Command.of("cat", "a b").reading("hello"));

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.output()).isEqualTo("sudo -n timeout --kill-after=5 30 cat 'a b'|hello");
            assertThat(result.errors()).isEqualTo("to standard error");
        }
    }

    @Test
    void keeps_one_connection_for_many_commands() throws InterruptedException {
        try (SshConnection connection = connection(hostKey)) {
            connection.run(Command.of("one"));
            connection.run(Command.of("two"));

            assertThat(sshd.getActiveSessions()).hasSize(1);
        }
    }

    @Test
    void connects_again_when_the_connection_was_dropped() throws IOException, InterruptedException {
        try (SshConnection connection = connection(hostKey)) {
            connection.run(Command.of("one"));
            for (AbstractSession session : sshd.getActiveSessions()) {
                session.close(true).await();
            }

            assertThat(connection.run(Command.of("two")).output()).contains("two");
        }
    }

    @Test
    void accepts_no_other_host_key_than_the_pinned_one() {
        String other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA+oSfsvJpwAh5W6I3ENPiDBCSXCVEJlMDvC/ufLJyB7";

        Failure failure = failure(connection(other));

        assertThat(failure).hasMessageContaining("web-1 at 127.0.0.1").hasMessageContaining("intercepting");
        assertThat(failure.diagnostic().detail()).contains(other).contains(hostKey);
    }

    @Test
    void says_when_the_key_is_not_let_in() {
        sshd.setPublickeyAuthenticator((user, presented, session) -> false);

        assertThat(failure(connection(hostKey)))
                .hasMessageContaining("refuses to let deploy log in with Meridian's key");
    }

    @Test
    void says_when_nothing_listens() throws IOException {
        sshd.stop(true);

        assertThat(failure(connection(hostKey)))
                .hasMessageContaining("no SSH connection to web-1 at 127.0.0.1:")
                .hasMessageEndingWith("the connection is refused");
    }

    @Test
    void says_when_nobody_answers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SshConnector toSilent = new SshConnector("deploy", key, silent.getLocalPort());
                SshConnection connection = new SshConnection(server(hostKey), toSilent)) {
            assertThatThrownBy(() -> connection.connect(Duration.ofMillis(1200)))
                    .hasMessageEndingWith("no answer within 1 s");
        }
    }

    @Test
    void says_what_is_not_known_of_a_server_yet() {
        Server server = new Server(
                new ServerName("web-1"),
                new RegionName("eu"),
                new ReleaseId(1),
                "ab",
                Optional.of("127.0.0.1"),
                Optional.empty(),
                Server.State.RUNNING);

        assertThatThrownBy(() -> connector.connect(server, Duration.ofSeconds(1)))
                .hasMessage("web-1 has no SSH host key yet");
    }

    @Test
    void says_when_the_connection_is_lost_under_a_command() {
        try (SshConnection connection = connection(hostKey)) {
            assertThatThrownBy(() -> connection.run(Command.of("drop")))
                    .hasMessage("the SSH connection to web-1 was lost while 'drop' ran");
        }
    }

    @Test
    void waits_no_longer_for_a_command_than_it_may_take() {
        try (SshConnection connection = connection(hostKey)) {
            assertThatThrownBy(() -> connection.run(Command.of("hang").within(Duration.ZERO)))
                    .hasMessage("'hang' did not end within 0 s on web-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"late", "drop"})
    void a_boot_that_is_not_over_in_time_may_be_waited_for_again(String how) {
        sshd.setCommandFactory((channel, line) -> new Echo("boot " + how));
        try (SshHosts hosts = new SshHosts(new AppName("shop"), "deploy", key, new SystemTime(), sshd.getPort())) {
            Failure failure =
                    catchThrowableOfType(Failure.class, () -> hosts.awaitBoot(server(hostKey), Duration.ofSeconds(1)));

            assertThat(failure.diagnostic().code()).isEqualTo(HostDriver.UNREACHABLE);
            assertThat(failure).hasMessage("web-1 has not finished its first boot within 1 s");
        }
    }

    private SshConnection connection(String pinned) {
        return new SshConnection(server(pinned), connector);
    }

    private static Failure failure(SshConnection connection) {
        try (connection) {
            return catchThrowableOfType(Failure.class, () -> connection.run(Command.of("x")));
        }
    }

    private static Server server(String hostKey) {
        return new Server(
                new ServerName("web-1"),
                new RegionName("eu"),
                new ReleaseId(1),
                "ab",
                Optional.of("127.0.0.1"),
                Optional.of(hostKey),
                Server.State.RUNNING);
    }

    /** Writes what it was asked to run and what it got; drops the connection, hangs or is stopped after a second when asked to. */
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
                    boolean unused = never.await(1, TimeUnit.SECONDS);
                    onExit(124);
                } else {
                    String input = new String(getInputStream().readAllBytes(), UTF_8);
                    getOutputStream().write((getCommand() + "|" + input).getBytes(UTF_8));
                    getOutputStream().flush();
                    getErrorStream().write("to standard error".getBytes(UTF_8));
                    getErrorStream().flush();
                    onExit(3);
                }
            } catch (IOException | InterruptedException e) {
                onExit(255, e.toString());
            }
        }
    }
}
