package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.LogSettings;
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
    private final DeployKey key;
    private final SshConnector connector = new SshConnector();
    private TestSshd sshd;
    private String hostKey;

    SshConnectionTest(@TempDir Path directory) {
        this.key = new KeptDeployKey(LocalDirectory.at(directory));
    }

    @BeforeEach
    void startServer() throws IOException, GeneralSecurityException {
        sshd = TestSshd.start();
        sshd.letIn(key.publicKey());
        hostKey = sshd.hostKey();
    }

    @AfterEach
    void stopServer() {
        connector.close();
        sshd.close();
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
    void a_port_of_the_machine_leads_here_for_as_long_as_its_tunnel_is_open() throws Exception {
        try (SshConnection connection = connection(hostKey);
                ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int there;
            try (ReverseTunnel tunnel =
                    connection.tunnel(new InetSocketAddress(InetAddress.getLoopbackAddress(), here.getLocalPort()))) {
                there = tunnel.port();
                try (Socket outside = new Socket(InetAddress.getLoopbackAddress(), there);
                        Socket inside = here.accept()) {
                    outside.getOutputStream().write(7);
                    assertThat(inside.getInputStream().read()).isEqualTo(7);
                }
            }
            // What is asked for next is answered after the port was closed.
            connection.run(Command.of("next"));
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), there))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void a_machine_that_forbids_tunnels_is_named_with_what_to_allow() throws Exception {
        sshd.forbidForwarding();
        try (SshConnection connection = connection(hostKey)) {
            assertThatThrownBy(() -> connection.tunnel(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("images can't be pushed to")
                    .satisfies(e ->
                            assertThat(((Failure) e).diagnostic().suggestion()).contains("AllowTcpForwarding"));
        }
    }

    @Test
    void keeps_one_connection_for_many_commands() throws InterruptedException {
        try (SshConnection connection = connection(hostKey)) {
            connection.run(Command.of("one"));
            connection.run(Command.of("two"));

            assertThat(sshd.sessions()).isEqualTo(1);
        }
    }

    @Test
    void connects_again_when_the_connection_was_dropped() throws IOException, InterruptedException {
        try (SshConnection connection = connection(hostKey)) {
            connection.run(Command.of("one"));
            sshd.dropAll();

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
        sshd.letNobodyIn();

        assertThat(failure(connection(hostKey)))
                .hasMessageContaining("refuses to let deploy log in with Meridian's key");
    }

    @Test
    void says_when_nothing_listens() {
        sshd.close();

        assertThat(failure(connection(hostKey)))
                .hasMessageContaining("no SSH connection to web-1 at 127.0.0.1:")
                .hasMessageEndingWith("the connection is refused");
    }

    @Test
    void says_when_nobody_answers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SshConnection connection = connection(hostKey, silent.getLocalPort())) {
            assertThatThrownBy(() -> connection.connect(Duration.ofMillis(1200)))
                    .hasMessageEndingWith("no answer within 1.2 s");
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

        try (SshConnections connections = new SshConnections(PersonalSetup.NONE);
                SshHosts hosts = new SshHosts(
                        new AppName("web"),
                        ServerConnections.direct(connections, "deploy", key, Endpoint.SSH_PORT),
                        ImageSupply.REGISTRIES,
                        LogSettings.USUAL,
                        region -> Publishing.TO_THE_NETWORK,
                        new SystemTime())) {
            assertThatThrownBy(() -> hosts.awaitBoot(server, Duration.ofSeconds(1)))
                    .hasMessage("web-1 has no SSH host key yet");
        }
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
                    .hasMessage("'hang' did not end within 0 ms on web-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"late", "drop"})
    void a_boot_that_is_not_over_in_time_may_be_waited_for_again(String how) {
        sshd.answersAllLike("boot " + how);
        Server server = new Server(
                new ServerName("web-1"),
                new RegionName("eu"),
                new ReleaseId(1),
                "ab",
                Optional.of("127.0.0.1"),
                Optional.of(hostKey),
                Server.State.RUNNING);
        try (SshConnections connections = new SshConnections(PersonalSetup.NONE);
                SshHosts hosts = new SshHosts(
                        new AppName("shop"),
                        ServerConnections.direct(connections, "deploy", key, sshd.port()),
                        ImageSupply.REGISTRIES,
                        LogSettings.USUAL,
                        region -> Publishing.TO_THE_NETWORK,
                        new SystemTime())) {
            Failure failure = catchThrowableOfType(Failure.class, () -> hosts.awaitBoot(server, Duration.ofSeconds(1)));

            assertThat(failure.diagnostic().code()).isEqualTo(HostDriver.UNREACHABLE);
            assertThat(failure).hasMessage("web-1 has not finished its first boot within 1 s");
        }
    }

    private SshConnection connection(String pinned) {
        return connection(pinned, sshd.port());
    }

    private SshConnection connection(String pinned, int port) {
        Endpoint endpoint = new Endpoint(
                "web-1", "127.0.0.1", port, "deploy", new Login.Own(key), new Trust.Pinned(pinned), Optional.empty());
        return new SshConnection(endpoint, connector, new ConnectionLimit(9), Duration.ofSeconds(10));
    }

    private static Failure failure(SshConnection connection) {
        try (connection) {
            return catchThrowableOfType(Failure.class, () -> connection.run(Command.of("x")));
        }
    }
}
