package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.PushedImage;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalRegistry;

/** An image from a real registry through a tunnel into a real engine; that of this machine is the server's too. */
@Tag("world")
final class PushedImagesWorldTest {
    private static final LocalProcesses DOCKER = new LocalProcesses();
    private static final ImageReference FIRST = ImageReference.parse("meridian-pushtest:first");
    private static final ImageReference SECOND = ImageReference.parse("meridian-pushtest:second");
    private static final int LAYER = 300_000;

    private final Path directory;
    private final DeployKey key;
    private final LocalRegistry registry = new LocalRegistry(
            new LocalNames(new AppName("pushtest")), new LocalImage(LocalImage.userCache(), DOCKER), DOCKER);
    private final SshConnector connector = new SshConnector();
    private TestSshd sshd;
    private SshConnection connection;

    PushedImagesWorldTest(@TempDir Path directory) {
        this.directory = directory;
        this.key = new KeptDeployKey(LocalDirectory.at(directory.resolve("keys")));
    }

    @BeforeEach
    void start() throws Exception {
        sshd = TestSshd.start();
        sshd.letIn(key.publicKey());
        String memory = directory.resolve("run").toString();
        sshd.runs((channel, line) ->
                new ProcessShellFactory(line, "sh", "-c", line.replace("/run/meridian", memory)).createShell(channel));
        connection = new SshConnection(
                new Endpoint(
                        "web-1",
                        "127.0.0.1",
                        sshd.port(),
                        "root",
                        new Login.Own(key),
                        new Trust.Pinned(sshd.hostKey()),
                        Optional.empty()),
                connector,
                new ConnectionLimit(9),
                Duration.ofSeconds(10));
    }

    @AfterEach
    void removeEverything() throws InterruptedException {
        connection.close();
        connector.close();
        sshd.close();
        registry.destroy();
        images().lines().forEach(this::remove);
    }

    @Test
    void only_layers_that_the_engine_lacks_go_through_the_tunnel_and_no_name_has_its_port() throws Exception {
        build(FIRST, "scratch", 1);
        build(SECOND, FIRST.toString(), 2);
        ImageReference first = PushedImage.of(registry.resolve(FIRST));
        ImageReference second = PushedImage.of(registry.resolve(SECOND));
        remove(SECOND.toString());
        remove(FIRST.toString());
        assertThat(images()).isEmpty();

        try (ImageGate gate = new ImageGate(ImageSource.here(registry::serve).open())) {
            take(gate, first);
            long moved = gate.sent();
            take(gate, second);

            assertThat(moved).as("a layer").isBetween((long) LAYER, LAYER + 20_000L);
            assertThat(gate.sent() - moved).as("one more layer, not two").isBetween((long) LAYER, LAYER + 20_000L);
        }
        assertThat(images().lines())
                .containsExactlyInAnyOrder(
                        PushedImage.onServer(first).toString(),
                        PushedImage.onServer(second).toString());
        assertThat(directory.resolve("run/shop")).isEmptyDirectory();
    }

    private void take(ImageGate gate, ImageReference image) throws Exception {
        gate.admit(image);
        HostCommands commands = HostCommands.of(new AppName("shop"), server());
        assertThat(connection.run(commands.lacking(List.of(image))).output())
                .isEqualTo(PushedImage.onServer(image) + "\n");
        int port;
        try (ReverseTunnel tunnel = connection.tunnel(gate.address())) {
            port = tunnel.port();
            CommandResult taken =
                    connection.run(commands.take(image, "127.0.0.1:" + port, gate.entry(), Duration.ofMinutes(2)));
            assertThat(taken.exitCode()).as(taken.errors()).isZero();
        }
        // What is asked for next is answered after the port was closed.
        assertThat(connection.run(commands.lacking(List.of(image))).output()).isEmpty();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(ConnectException.class);
    }

    private Server server() {
        return new Server(
                new ServerName("web-1"),
                new RegionName("eu"),
                new ReleaseId(1),
                "ab",
                Optional.of("127.0.0.1"),
                Optional.of(sshd.hostKey()),
                Server.State.RUNNING);
    }

    /** Builds an image with one more layer, that can't be compressed. */
    private void build(ImageReference image, String from, int seed) throws IOException, InterruptedException {
        Path context = Files.createDirectory(directory.resolve("context" + seed));
        byte[] noise = new byte[LAYER];
        new Random(seed).nextBytes(noise);
        Files.write(context.resolve("noise" + seed), noise);
        Files.writeString(context.resolve("Dockerfile"), "FROM " + from + "\nCOPY noise" + seed + " /\n");
        DOCKER.run(Command.of("env", "DOCKER_BUILDKIT=0", "docker", "build", "--tag", image.toString())
                        .with(context.toString()))
                .expect("building", "");
    }

    private static String images() throws InterruptedException {
        return DOCKER.run(Command.of("docker", "image", "ls", "--format", "{{.Repository}}:{{.Tag}}"))
                .output()
                .lines()
                .filter(name -> name.contains("meridian-pushtest"))
                .reduce("", (all, name) -> all + name + "\n");
    }

    private void remove(String image) {
        try {
            DOCKER.run(Command.of("docker", "rmi", image)).expect("removing", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
