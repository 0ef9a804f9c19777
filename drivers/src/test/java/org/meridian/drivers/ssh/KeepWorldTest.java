package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Backup;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.Duties;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.Worker;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.Installation;
import org.meridian.core.spi.Ownership;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalFleet;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalRegistry;

/** A service that keeps data on a real machine, while releases come and go. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1_200)
final class KeepWorldTest {
    private static final AppName APP = new AppName("sshkeep");
    private static final RegionName REGION = new RegionName("eu");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String COMPOSE = """
            services:
              web:
                build: .
                restart: always
                depends_on: [db]
              mail:
                build: .
                restart: always
                depends_on: { db: { condition: service_started } }
                command: [sh, -c, 'while :; do sleep 1; done']
              db:
                build: .
                volumes: [rows:/rows]
                command: [sh, -c, 'echo began >> /rows/starts; exec socat TCP-LISTEN:5000,fork,reuseaddr EXEC:/answer']
            volumes:
              rows:
            """;

    private static final Kept KEPT = new Kept(
            Map.of(
                    "db",
                    new KeptService(
                            "0123456789ab",
                            Map.of("default", List.of("db")),
                            List.of("meridian-sshkeep-data_rows"),
                            List.of(),
                            Backup.NONE)),
            Map.of("rows", "meridian-sshkeep-data_rows"),
            Map.of("web", "[]", "mail", "{}"));

    private final LocalProcesses docker = new LocalProcesses();
    private final LocalNames names = new LocalNames(APP);
    private final LocalImage image = new LocalImage(LocalImage.userCache(), docker);
    private final LocalRegistry registry = new LocalRegistry(names, image, docker);

    private LocalFleet fleet;
    private SshHosts hosts;
    private Server server;
    private ImageReference app;
    private int number;
    private Release release;

    @BeforeAll
    void bootOneServer(@TempDir Path directory) throws InterruptedException {
        DeployKey key = new KeptDeployKey(LocalDirectory.at(directory.resolve("ssh")));
        fleet = new LocalFleet(
                names,
                image,
                registry,
                () -> UserData.of(APP, "deploy", key.publicKey()),
                docker,
                LocalDirectory.at(directory),
                new Ownership(Optional::empty));
        fleet.destroyAll();
        hosts = new SshHosts(
                APP,
                "deploy",
                key,
                new SshConnections(PersonalSetup.NONE),
                region -> false,
                new SystemTime(),
                RegistryLogins.NONE,
                LogSettings.USUAL);
        app = registry.resolve(TinyApp.build(image, docker));
        ReleaseId first = new ReleaseId(1);
        fleet.converge(
                new Region(REGION, "local", "DE", 1, Optional.empty(), List.of(), Map.of(), List.of()),
                List.of(new ServerSpec(ServerName.of(APP, REGION, first, 1), first, "000000000001")));
        server = observed();
        hosts.awaitBoot(server, LONG);
    }

    @AfterAll
    void destroyEverything() throws InterruptedException {
        hosts.close();
        fleet.destroyAll();
    }

    @BeforeEach
    void start() throws InterruptedException {
        release = release(++number);
        hosts.place(server, new Installation(APP, release, Map.of(), Map.of()));
        hosts.pull(server, release.id(), LONG);
        assertThat(hosts.keep(server, new Installation(APP, release, Map.of(), Map.of()), LONG))
                .isEmpty();
        hosts.start(server, release.id(), LONG);
    }

    @Test
    void a_release_that_comes_or_goes_leaves_the_service_alone_and_finds_it_by_its_name() throws InterruptedException {
        assertThat(services()).containsExactly("db", "web");
        String first = id("db");
        int starts = starts();
        assertThat(found()).isTrue();
        assertThat(inServer("docker", "volume", "ls", "--quiet")).contains("meridian-sshkeep-data_rows");

        start();

        assertThat(id("db")).isEqualTo(first);
        assertThat(found()).isTrue();
        assertThat(starts()).isEqualTo(starts);
    }

    @Test
    void after_a_reboot_it_is_there_before_the_release_with_the_same_data() throws InterruptedException {
        String before = id("db");
        int starts = starts();

        reboot();
        await("db", "web");

        assertThat(id("db")).isEqualTo(before);
        assertThat(starts()).isEqualTo(starts + 1);
        assertThat(found()).isTrue();
    }

    /** Whether the app's container gets to the service by its name. */
    private boolean found() throws InterruptedException {
        return docker.run(Command.of("docker", "exec", server.name().value(), "docker", "exec", id("web"))
                        .with("socat", "-u", "OPEN:/dev/null", "TCP:db:5000"))
                .succeeded();
    }

    private int starts() throws InterruptedException {
        return (int) inServer("docker", "exec", id("db"), "cat", "/rows/starts")
                .lines()
                .count();
    }

    private void reboot() throws InterruptedException {
        String unused = docker.run(
                        Command.of("docker", "restart", server.name().value()).within(LONG))
                .expect("restarting", "");
        server = observed();
        hosts.forget(server.name());
        hosts.awaitBoot(server, LONG);
    }

    private void await(String... expected) throws InterruptedException {
        long giveUp = System.nanoTime() + LONG.toNanos();
        while (!services().equals(List.of(expected))) {
            assertThat(System.nanoTime()).as(() -> "running: " + ps()).isLessThan(giveUp);
        }
    }

    private String ps() {
        try {
            return String.valueOf(services());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private List<String> services() throws InterruptedException {
        return inServer("docker", "ps", "--format", "{{.Label \"com.docker.compose.service\"}}")
                .lines()
                .sorted()
                .toList();
    }

    private String id(String service) throws InterruptedException {
        return inServer("docker", "ps", "--quiet", "--filter", "label=com.docker.compose.service=" + service)
                .strip();
    }

    private String inServer(String... argv) throws InterruptedException {
        return docker.run(Command.of("docker", "exec", server.name().value()).with(argv))
                .output();
    }

    private Server observed() throws InterruptedException {
        long giveUp = System.nanoTime() + LONG.toNanos();
        while (true) {
            Server found = fleet.observe().servers().getFirst();
            if (found.hostKey().isPresent() && found.address().isPresent()) {
                return found;
            }
            assertThat(System.nanoTime()).as("no host key").isLessThan(giveUp);
        }
    }

    private Release release(int id) {
        return new Release(
                new ReleaseId(id),
                "0000000000%02d".formatted(id),
                Instant.EPOCH,
                "tiny",
                new Release.Content(
                        COMPOSE,
                        BesideFiles.NONE,
                        Map.of("web", app, "mail", app, "db", app),
                        List.of("web", "mail"),
                        new Serve("web", 3000, 3000, new HealthCheck("/up", MINUTE, MINUTE, 1, LONG)),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.of(new Duties(Map.of("mail", Worker.EVERYWHERE))),
                        Optional.of(KEPT)));
    }
}
