package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.Duties;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.model.Worker;

/** What becomes of a release's workers on a real server. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1_200)
final class WorkersWorldTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String COMPOSE = """
            services:
              web:
                build: .
                restart: always
              mail:
                build: .
                restart: always
                stop_grace_period: 2m
                command: [sh, -c, 'trap "echo ended; exit 0" TERM; echo began; while :; do sleep 1; done']
              stubborn:
                build: .
                restart: always
                stop_grace_period: 3s
                command: [sh, -c, 'trap "" TERM; echo began; while :; do sleep 1; done']
              broken:
                build: .
                restart: always
                command: [sh, -c, 'echo no queue; exit 4']
            """;

    private OneLocalServer machine;
    private SshHosts hosts;
    private Server server;
    private int number;
    private Release release;

    @BeforeAll
    void bootOneServer(@TempDir Path directory) throws InterruptedException {
        machine = OneLocalServer.boot("sshworkers", directory);
        hosts = machine.hosts();
    }

    @AfterAll
    void destroyEverything() throws InterruptedException {
        machine.close();
    }

    @BeforeEach
    void start() throws InterruptedException {
        release = release(++number);
        machine.run(release);
        server = machine.server();
    }

    @Test
    void a_release_that_starts_has_no_workers_and_those_that_are_asked_for_come_back_after_a_reboot()
            throws InterruptedException {
        assertThat(machine.services()).containsExactly("web");

        hosts.startWorkers(server, release.id(), Set.of("mail"), LONG);
        assertThat(machine.services()).containsExactly("mail", "web");
        String worker = machine.id("mail");
        hosts.start(server, release.id(), LONG);
        hosts.startWorkers(server, release.id(), Set.of("mail"), LONG);
        assertThat(machine.id("mail")).as("doing it again changes nothing").isEqualTo(worker);

        reboot();
        machine.await("mail", "web");
    }

    @Test
    void workers_that_are_told_to_end_finish_what_they_have_and_stay_away_after_a_reboot() throws InterruptedException {
        hosts.startWorkers(server, release.id(), Set.of("mail"), LONG);

        hosts.endWorkers(server, release.id(), Set.of());
        hosts.awaitWorkersEnded(server, release.id(), LONG);
        assertThat(machine.services()).containsExactly("web");
        assertThat(logs("mail")).contains("ended");

        reboot();
        machine.await("web");

        hosts.startWorkers(server, release.id(), Set.of("mail"), LONG);
        assertThat(machine.services()).containsExactly("mail", "web");
        assertThat(machine.shell(
                        "docker", "inspect", "--format", "{{.HostConfig.RestartPolicy.Name}}", machine.id("mail")))
                .isEqualToIgnoringNewLines("always");
    }

    @Test
    void a_worker_that_outlives_its_grace_is_killed_and_one_that_goes_on_is_left_alone() throws InterruptedException {
        hosts.startWorkers(server, release.id(), Set.of("mail", "stubborn"), LONG);
        String kept = machine.id("mail");

        hosts.endWorkers(server, release.id(), Set.of("mail"));
        hosts.awaitWorkersEnded(server, release.id(), LONG);

        assertThat(machine.services()).containsExactly("mail", "web");
        assertThat(machine.id("mail")).isEqualTo(kept);
    }

    @Test
    void a_worker_that_does_not_stay_up_is_a_failure_with_its_log() {
        assertThatThrownBy(() -> hosts.startWorkers(server, release.id(), Set.of("broken"), Duration.ofSeconds(20)))
                .hasMessageContaining("workers of release " + release.id() + " do not stay up")
                .satisfies(e -> assertThat(((Failure) e).diagnostic().detail())
                        .contains("no queue")
                        .as("shown once, by the script, not again with the state of all containers")
                        .doesNotContain("exit code"));
    }

    @Test
    void what_was_never_placed_has_no_workers() throws InterruptedException {
        hosts.endWorkers(server, new ReleaseId(77), Set.of());
        hosts.awaitWorkersEnded(server, new ReleaseId(77), MINUTE);
    }

    private void reboot() throws InterruptedException {
        machine.reboot();
        server = machine.server();
    }

    private String logs(String service) throws InterruptedException {
        String container = machine.shell(
                        "docker", "ps", "--all", "--quiet", "--filter", "label=com.docker.compose.service=" + service)
                .strip();
        return machine.shell("docker", "logs", container);
    }

    private Release release(int id) {
        ImageReference app = machine.image();
        Map<String, ImageReference> images = Map.of("web", app, "mail", app, "stubborn", app, "broken", app);
        Map<String, Worker> workers =
                Map.of("mail", Worker.EVERYWHERE, "stubborn", Worker.EVERYWHERE, "broken", Worker.EVERYWHERE);
        return new Release(
                new ReleaseId(id),
                "0000000000%02d".formatted(id),
                Instant.EPOCH,
                "tiny",
                new Release.Content(
                        COMPOSE,
                        BesideFiles.NONE,
                        images,
                        List.of("web", "mail", "stubborn", "broken"),
                        new Serve("web", 3000, 3000, new HealthCheck("/up", MINUTE, MINUTE, 1, LONG)),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.of(new Duties(workers))));
    }
}
