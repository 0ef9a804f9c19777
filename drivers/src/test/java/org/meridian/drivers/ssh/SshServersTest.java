package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.ServerAccess.Invocation;
import org.meridian.core.spi.ServerAccess.LogReader;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import org.meridian.core.spi.ServerAccess.Size;

/** Looks into a server that is an SSH server in this process. */
@Timeout(600)
final class SshServersTest {
    private static final LogRequest FOLLOWED = new LogRequest(Optional.of("web"), Optional.empty(), 5, true);

    private final DeployKey key;
    private final BlockingQueue<Remote> started = new LinkedBlockingQueue<>();
    private TestSshd sshd;
    private SshConnections connections;
    private Server server;
    private ServerAccess access;

    SshServersTest(@TempDir Path directory) {
        this.key = new KeptDeployKey(LocalDirectory.at(directory));
    }

    @BeforeEach
    void startServer() throws IOException, GeneralSecurityException {
        sshd = TestSshd.start();
        sshd.letIn(key.publicKey());
        sshd.runs((channel, line) -> new Remote(line));
        server = new Server(
                new ServerName("shop-eu-r3-1"),
                new RegionName("eu"),
                new ReleaseId(3),
                "ab",
                Optional.of("127.0.0.1"),
                Optional.of(sshd.hostKey()),
                Server.State.RUNNING);
        connections = new SshConnections(PersonalSetup.NONE);
        AppName app = new AppName("shop");
        access = new SshServers(app, ServerConnections.direct(connections, "deploy", key, sshd.port()));
    }

    @AfterEach
    void stopServer() {
        connections.close();
        sshd.close();
    }

    @Test
    void a_command_gets_its_input_and_tells_its_output_errors_and_exit_code() throws Exception {
        try (RemoteProcess process = access.start(server, invocation(Optional.empty(), "echo", "it's"))) {
            Remote remote = started.take();
            assertThat(remote.line)
                    .startsWith("sudo -n sh -c ")
                    .contains(" exec shop web ")
                    .endsWith(" -i '' echo 'it'\\''s'");
            assertThat(remote.columns()).as("no terminal was asked for").isNull();

            process.input().write("hello\n".getBytes(UTF_8));
            process.input().close();
            assertThat(new String(remote.in.readAllBytes(), UTF_8)).isEqualTo("hello\n");
            remote.print("good");
            remote.err.write("bad".getBytes(UTF_8));
            remote.err.flush();
            remote.exit(7);

            assertThat(new String(process.output().readAllBytes(), UTF_8)).isEqualTo("good");
            assertThat(new String(process.errors().readAllBytes(), UTF_8)).isEqualTo("bad");
            assertThat(process.await()).isEqualTo(7);
        }
        assertThat(started).as("nothing is left to be ended").isEmpty();
    }

    @Test
    void a_terminal_has_its_size_and_gets_another() throws Exception {
        try (RemoteProcess process = access.start(server, invocation(Optional.of(new Size(93, 41)), "sh"))) {
            Remote remote = started.take();
            assertThat(remote.line).contains(" -it ");
            assertThat(remote.columns()).isEqualTo("93");
            assertThat(remote.env().getEnv()).containsEntry(Environment.ENV_LINES, "41");

            var resized = new CountDownLatch(1);
            remote.env().addSignalListener((channel, signal) -> resized.countDown(), Signal.WINCH);
            process.resize(new Size(120, 50));

            assertThat(resized.await(300, TimeUnit.SECONDS)).isTrue();
            assertThat(remote.columns()).isEqualTo("120");
            remote.exit(0);
            assertThat(process.await()).isZero();
        }
    }

    @Test
    void a_command_of_its_own_container_names_the_release() throws Exception {
        Invocation fresh = new Invocation(new ReleaseId(2), "web", List.of("env"), true, Optional.empty());
        try (RemoteProcess process = access.start(server, fresh)) {
            Remote remote = started.take();
            assertThat(remote.line).endsWith(" -i r2 env");
            remote.exit(0);
            assertThat(process.await()).isZero();
        }
    }

    @Test
    void a_command_that_is_closed_before_its_end_is_ended_there() throws Exception {
        RemoteProcess process = access.start(server, invocation(Optional.empty(), "sleep", "99"));
        Remote remote = started.take();
        Thread ending = Thread.ofVirtual().start(process::close);
        Remote end = started.take();
        assertThat(end.line).contains(" end shop ");
        String mark = end.line.substring(end.line.lastIndexOf(' ') + 1);
        assertThat(remote.line).contains(" web " + mark + " ");
        end.exit(0);
        ending.join();
    }

    @Test
    void says_that_the_connection_was_lost_under_a_command() throws Exception {
        try (RemoteProcess process = access.start(server, invocation(Optional.empty(), "sh"))) {
            Remote unused = started.take();
            sshd.dropAll();

            assertThatThrownBy(process::await)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("the SSH connection to shop-eu-r3-1 was lost");
        }
    }

    @Test
    void what_lasts_takes_no_place_of_the_commands() throws Exception {
        List<RemoteProcess> lasting = new ArrayList<>();
        List<Remote> remotes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lasting.add(access.start(server, invocation(Optional.empty(), "sleep", "99")));
            remotes.add(started.take());
        }
        assertThat(sshd.sessions())
                .as("two beside the commands, each of the others on a connection of its own")
                .isEqualTo(4);

        Thread usage = Thread.ofVirtual().start(() -> {
            var unused = catchThrowableOfType(Exception.class, () -> access.usage(server));
        });
        Remote command = started.take();
        assertThat(command.line).contains(" usage shop");
        command.exit(1);
        usage.join();

        for (Remote remote : remotes) {
            remote.exit(0);
        }
        for (RemoteProcess process : lasting) {
            assertThat(process.await()).isZero();
            process.close();
        }
        try (RemoteProcess again = access.start(server, invocation(Optional.empty(), "true"))) {
            started.take().exit(0);
            assertThat(again.await()).isZero();
        }
    }

    @Test
    void logs_are_read_from_where_the_server_begins_and_fail_when_it_stops() throws Exception {
        BlockingQueue<Remote> remotes = printing(
                ".\nweb r3 c1 2026-01-02T03:04:05.000000006Z =one\nweb r3 c1 2026-01-02T03:04:06.000000006Z =two\n");
        try (LogReader logs = access.logs(server, FOLLOWED)) {
            assertThat(remotes.take().line).endsWith(" logs shop web '' 5 follow");
            assertThat(logs.next()).map(LogLine::text).contains("one");
            assertThat(logs.next()).map(LogLine::text).contains("two");
            sshd.dropAll();
            assertThatThrownBy(logs::next)
                    .isInstanceOf(Failure.class)
                    .hasMessage("the SSH connection to shop-eu-r3-1 was lost");
        }
    }

    @Test
    void logs_that_are_not_followed_end() throws Exception {
        BlockingQueue<Remote> remotes = printing(".\n");
        try (LogReader logs = access.logs(server, new LogRequest(Optional.empty(), Optional.empty(), 5, false))) {
            remotes.take().exit(0);
            assertThat(logs.next()).isEmpty();
        }
    }

    /** Lets the next command print something; it is told then. */
    private BlockingQueue<Remote> printing(String text) {
        BlockingQueue<Remote> printed = new LinkedBlockingQueue<>();
        Thread unused = Thread.ofVirtual().start(() -> {
            try {
                Remote remote = started.take();
                remote.print(text);
                printed.add(remote);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return printed;
    }

    private static Invocation invocation(Optional<Size> terminal, String... command) {
        return new Invocation(new ReleaseId(3), "web", List.of(command), false, terminal);
    }

    /** A command that runs on the server, as the test wants it to. */
    private final class Remote implements Command {
        private final String line;
        private InputStream in = InputStream.nullInputStream();
        private OutputStream out = OutputStream.nullOutputStream();
        private OutputStream err = OutputStream.nullOutputStream();
        private @Nullable ExitCallback callback;
        private @Nullable Environment environment;

        Remote(String line) {
            this.line = line;
        }

        Environment env() {
            return requireNonNull(environment);
        }

        @Nullable String columns() {
            return env().getEnv().get(Environment.ENV_COLUMNS);
        }

        void print(String text) throws IOException {
            out.write(text.getBytes(UTF_8));
            out.flush();
        }

        void exit(int code) {
            requireNonNull(callback).onExit(code);
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback exit) {
            callback = exit;
        }

        @Override
        public void start(ChannelSession channel, Environment env) {
            environment = env;
            started.add(this);
        }

        @Override
        public void destroy(ChannelSession channel) {
            // Nothing runs.
        }
    }
}
