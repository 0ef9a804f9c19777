package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.LogShipping;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.spi.HostDriver.HealthAnswer;
import org.meridian.core.spi.Installation;

/** The SSH driver against a real local server, which boots, runs containers and reboots. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SshHostsWorldTest {
    private static final AppName APP = new AppName("sshworld");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String COMPOSE = """
            services:
              web:
                build: .
                environment: { FROM_FILE: "${PLAIN}" }
                restart: unless-stopped
            """;

    private OneLocalServer machine;
    private SshHosts hosts;
    private Server server;
    private ImageReference app;

    @BeforeAll
    void bootOneServer(@TempDir Path directory) throws InterruptedException {
        machine = OneLocalServer.boot(APP.value(), directory);
        hosts = machine.hosts();
        server = machine.server();
        app = machine.image();
    }

    @AfterAll
    void destroyEverything() throws InterruptedException {
        machine.close();
    }

    @Test
    void installs_a_release_that_survives_a_reboot() throws InterruptedException {
        Release release = release(1, COMPOSE, app);
        install(release, Map.of("PLAIN", "a b"), Map.of());
        awaitHealthy(release);
        assertThat(ps()).as("containers").hasSize(1);
        String before = ps().getFirst();

        hosts.start(server, release.id(), MINUTE);
        assertThat(ps()).as("starting again changes nothing").containsExactly(before);

        machine.reboot();
        server = machine.server();
        awaitHealthy(release);
        assertThat(machine.shell("systemctl", "is-active", "meridian-" + APP)).isEqualToIgnoringNewLines("active");
    }

    @Test
    void limits_the_logs_of_every_container_unless_the_team_does() throws InterruptedException {
        String compose = COMPOSE + """
                  own:
                    logging: { options: { max-size: 1m } }
                """;
        Release release = release(11, compose, Map.of("web", app, "own", app), 3000);
        install(release, Map.of("PLAIN", "x"), Map.of());

        String web = machine.shell("docker", "inspect", "--format", "{{json .HostConfig.LogConfig}}", "sshworld-web-1");
        String own = machine.shell("docker", "inspect", "--format", "{{json .HostConfig.LogConfig}}", "sshworld-own-1");

        assertThat(web).contains("\"json-file\"", "\"max-file\":\"3\"", "\"max-size\":\"10m\"");
        assertThat(own).contains("\"json-file\"", "\"max-file\":\"3\"", "\"max-size\":\"1m\"");
    }

    /** The app's image stands in for a shipper that can't run. */
    @Test
    void what_ships_logs_does_not_hold_up_a_release_and_gets_the_token_alone() throws InterruptedException {
        Release release = release(12, COMPOSE, app);
        LogShipping shipping = new LogShipping(
                new LogShipping.Http(URI.create("https://127.0.0.1:9"), Optional.of("LOGS_TOKEN")),
                List.of("LOGS_TOKEN"),
                app);
        try (SshHosts shipped = machine.hosts(new LogSettings("10m", 3, Optional.of(shipping)))) {
            Map<String, Secret> secrets =
                    Map.of("LOGS_TOKEN", Secret.of("hunter3hunter3"), "OTHER", Secret.of("hunter4"));
            shipped.place(server, new Installation(APP, release, Map.of("PLAIN", "x"), secrets));
            shipped.pull(server, release.id(), MINUTE);
            shipped.start(server, release.id(), MINUTE);
            awaitHealthy(release);
        }

        String inspect = awaited("docker", "inspect", "sshworld-meridian-vector-1", "--format", "{{json .}}");
        assertThat(inspect)
                .contains("LOGS_TOKEN=hunter3hunter3", "/opt/meridian/sshworld/r12/vector.toml")
                .doesNotContain("hunter4");
        assertThat(machine.shell("grep", "-rlF", "hunter3hunter3", "/opt/meridian", "/tmp", "/var/log", "/etc"))
                .isEmpty();
        assertThat(machine.shell("cat", "/opt/meridian/sshworld/r12/vector.toml"))
                .contains("${LOGS_TOKEN}");
        String unit = "meridian.sshworld.vector.service";
        assertThat(awaited("systemctl", "show", "--property=ActiveState,SubState,LoadState", unit))
                .contains("LoadState=loaded");

        install(release(14, COMPOSE, app), Map.of("PLAIN", "x"), Map.of());

        assertThat(machine.shell("docker", "ps", "--all", "--quiet", "--filter", "name=meridian-vector"))
                .isEmpty();
        assertThat(machine.shell("systemctl", "show", "--property=LoadState", unit))
                .contains("not-found");
    }

    private String awaited(String... argv) throws InterruptedException {
        long giveUp = System.nanoTime() + MINUTE.toNanos();
        while (true) {
            String output = machine.shell(argv);
            if (output.length() > 3) {
                return output;
            }
            assertThat(System.nanoTime()).as(String.join(" ", argv)).isLessThan(giveUp);
        }
    }

    @Test
    void gives_containers_every_value_as_it_is() throws InterruptedException {
        Map<String, String> awkward = Map.of(
                "PLAIN", "a b",
                "QUOTES", "it's \"quoted\" `ticks`",
                "DOLLARS", "$HOME ${PLAIN} $$ \\$x \\${y} $",
                "LINES", "one\ntwo\r\n\nthree\n",
                "HASH", "a #b # c",
                "SLASHES", "\\ \\\\ \\n \\t end\\",
                "BLANK", "  around  ",
                "EMPTY", "",
                "EQUALS", "a=b=c",
                "WORLD", "é 世 𝄞");
        Release release = release(2, COMPOSE, app);
        install(
                release,
                Map.of(),
                awkward.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Secret.of(entry.getValue()))));

        var outcome = hosts.runOnce(server, release, "web", List.of("env", "-0"), MINUTE);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        Map<String, String> seen = Arrays.stream(outcome.output().split("\0", -1))
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
        assertThat(seen).containsAllEntriesOf(awkward).containsEntry("FROM_FILE", "a b");
    }

    @Test
    void keeps_secrets_from_the_disk_and_from_others() throws InterruptedException {
        Release release = release(3, COMPOSE, app);
        hosts.place(server, new Installation(APP, release, Map.of(), Map.of("PASSWORD", Secret.of("hunter2hunter2"))));

        assertThat(machine.shell("grep", "-rlF", "hunter2hunter2", "/opt", "/tmp", "/var/log", "/etc", "/home"))
                .isEmpty();
        assertThat(machine.shell("stat", "-c", "%a %U", "/run/meridian/sshworld/r3.env"))
                .isEqualToIgnoringNewLines("600 root");
        assertThat(machine.shell("stat", "-c", "%a %U", "/opt/meridian/sshworld/r3/env.cred"))
                .isEqualToIgnoringNewLines("600 root");
        assertThat(machine.shell("ls", "-A", "/opt/meridian/sshworld")).doesNotContain(".r3");
    }

    @Test
    void says_why_an_image_cannot_be_pulled() throws InterruptedException {
        ImageReference missing = app.withDigest("sha256:" + "0".repeat(64));
        Release release = release(4, COMPOSE, missing);
        hosts.place(server, new Installation(APP, release, Map.of(), Map.of()));

        assertThatThrownBy(() -> hosts.pull(server, release.id(), MINUTE))
                .hasMessageContaining("the images of release r4 can't be pulled to " + server.name())
                .satisfies(e -> assertThat(((Failure) e).diagnostic().detail())
                        .contains("manifest unknown")
                        .contains("free on the server"));
    }

    @Test
    void shows_the_logs_of_a_container_that_does_not_stay_up() throws InterruptedException {
        String compose = "services: {web: {command: [sh, -c, 'echo the reason; exit 7']}}\n";
        Release release = release(5, compose, app);

        assertThatThrownBy(() -> install(release, Map.of(), Map.of()))
                .hasMessageContaining("release r5 does not run on " + server.name())
                .satisfies(e -> assertThat(((Failure) e).diagnostic().detail())
                        .contains("the reason")
                        .contains("exit code 7"));
    }

    @Test
    void answers_unhealthy_where_nothing_listens() throws InterruptedException {
        Release release = release(6, COMPOSE, app, 3999);

        HealthAnswer answer = hosts.health(server, release);

        assertThat(answer.healthy()).isFalse();
        assertThat(answer.detail()).contains("Failed to connect").contains("3999");
    }

    @Test
    void ends_a_command_that_takes_too_long_on_the_server_too() throws InterruptedException {
        Release release = release(7, COMPOSE, app);
        hosts.place(server, new Installation(APP, release, Map.of("PLAIN", "x"), Map.of()));
        hosts.pull(server, release.id(), MINUTE);

        assertThatThrownBy(() -> hosts.runOnce(server, release, "web", List.of("sleep", "4307"), Duration.ofSeconds(3)))
                .hasMessageContaining("did not end within 3 s on " + server.name());
        assertThat(machine.shell("pgrep", "-f", "sleep 4307")).isEmpty();
    }

    @Test
    void ends_a_command_that_nobody_waits_for_any_more() throws Exception {
        Release release = release(8, COMPOSE, app);
        Thread waiting = runningOnce(release, new CompletableFuture<>());

        waiting.interrupt();
        waiting.join(MINUTE);

        assertThat(machine.shell("docker", "ps", "--quiet", "--filter", "name=once-r8"))
                .isEmpty();
    }

    @Test
    void notices_a_server_that_is_gone_while_a_command_runs() throws Exception {
        Release release = release(9, COMPOSE, app);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        runningOnce(release, outcome);
        machine.pause();
        try {
            assertThat(outcome.get(300, TimeUnit.SECONDS))
                    .hasMessageContaining("the SSH connection to " + server.name() + " was lost");
        } finally {
            machine.resume();
            machine.shell("docker", "rm", "--force", APP + "-once-r9");
        }
    }

    @Test
    void tells_a_full_disk_as_such() throws InterruptedException {
        Release release = release(10, COMPOSE, app);
        machine.shell("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", "/opt/meridian/sshworld");
        try {
            assertThatThrownBy(() -> hosts.place(
                            server, new Installation(APP, release, Map.of("BIG", "x".repeat(9000)), Map.of())))
                    .hasMessage("the disk of " + server.name() + " is full");
        } finally {
            machine.shell("umount", "/opt/meridian/sshworld");
        }
    }

    /** A thread that runs a command of over an hour, which has begun. */
    private Thread runningOnce(Release release, CompletableFuture<Throwable> outcome) throws InterruptedException {
        hosts.place(server, new Installation(APP, release, Map.of("PLAIN", "x"), Map.of()));
        hosts.pull(server, release.id(), MINUTE);
        Thread thread = Thread.startVirtualThread(() -> outcome.complete(catchThrowable(
                () -> hosts.runOnce(server, release, "web", List.of("sleep", "43210"), Duration.ofMinutes(90)))));
        long giveUp = System.nanoTime() + MINUTE.toNanos();
        while (machine.shell("docker", "ps", "--quiet", "--filter", "name=once-" + release.id())
                .isEmpty()) {
            assertThat(System.nanoTime()).as("the command begins").isLessThan(giveUp);
        }
        return thread;
    }

    private void install(Release release, Map<String, String> environment, Map<String, Secret> secrets)
            throws InterruptedException {
        hosts.place(server, new Installation(APP, release, environment, secrets));
        hosts.pull(server, release.id(), MINUTE);
        hosts.start(server, release.id(), MINUTE);
    }

    private void awaitHealthy(Release release) throws InterruptedException {
        long giveUp = System.nanoTime() + MINUTE.toNanos();
        HealthAnswer answer = hosts.health(server, release);
        while (!answer.healthy()) {
            assertThat(System.nanoTime()).as(answer.detail()).isLessThan(giveUp);
            answer = hosts.health(server, release);
        }
        assertThat(answer.detail()).isEqualTo("200 fine");
    }

    private List<String> ps() throws InterruptedException {
        return machine.shell(
                        "docker", "ps", "--quiet", "--no-trunc", "--filter", "label=com.docker.compose.oneoff=False")
                .lines()
                .toList();
    }

    private static Release release(int number, String compose, ImageReference image) {
        return release(number, compose, image, 3000);
    }

    private static Release release(int number, String compose, ImageReference image, int hostPort) {
        return release(number, compose, Map.of("web", image), hostPort);
    }

    private static Release release(int number, String compose, Map<String, ImageReference> images, int hostPort) {
        HealthCheck health = new HealthCheck("/up", Duration.ofSeconds(1), Duration.ofSeconds(2), 1, MINUTE);
        return new Release(
                new ReleaseId(number),
                "0000000000%02d".formatted(number),
                Instant.EPOCH,
                "tiny",
                new Release.Content(
                        compose,
                        images,
                        List.of("web"),
                        new Serve("web", 3000, hostPort, health),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Map.of()));
    }
}
