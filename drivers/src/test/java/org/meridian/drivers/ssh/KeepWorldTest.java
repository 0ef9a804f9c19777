package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Backup;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.Duties;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Schedule;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.model.Worker;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.Accessories.Backups;
import org.meridian.core.spi.Installation;
import org.meridian.core.spi.OpenBackup;

/** A service that keeps data on a real machine, while releases come and go. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1_200)
final class KeepWorldTest {
    private static final AppName APP = new AppName("sshkeep");
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

    private static final OpenBackup BY_HAND = new OpenBackup(
            new Backup(
                    Optional.of("cat /rows/starts"),
                    Optional.of("cat > /rows/starts"),
                    7,
                    Optional.empty(),
                    Optional.of("/srv/copies of data"),
                    Optional.empty()),
            Optional.empty());

    private static final Kept KEPT = new Kept(
            Map.of(
                    "db",
                    new KeptService(
                            "0123456789ab",
                            Map.of("default", List.of("db")),
                            List.of("meridian-sshkeep-data_rows"),
                            List.of(),
                            Optional.empty(),
                            Backup.NONE)),
            Map.of("rows", "meridian-sshkeep-data_rows"),
            Map.of("web", "[]", "mail", "{}"));

    private OneLocalServer machine;
    private SshHosts hosts;
    private Server server;
    private int number;
    private Release release;

    @BeforeAll
    void bootOneServer(@TempDir Path directory) throws InterruptedException {
        machine = OneLocalServer.boot("sshkeep", directory);
        hosts = machine.hosts();
        server = machine.server();
    }

    @AfterAll
    void destroyEverything() throws InterruptedException {
        machine.close();
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
        assertThat(machine.services()).containsExactly("db", "web");
        String first = machine.id("db");
        int starts = starts();
        assertThat(found()).isTrue();
        assertThat(machine.shell("docker", "volume", "ls", "--quiet")).contains("meridian-sshkeep-data_rows");

        start();

        assertThat(machine.id("db")).isEqualTo(first);
        assertThat(found()).isTrue();
        assertThat(starts()).isEqualTo(starts);
    }

    @Test
    void after_a_reboot_it_is_there_before_the_release_with_the_same_data() throws InterruptedException {
        String before = machine.id("db");
        int starts = starts();

        machine.reboot();
        server = machine.server();
        machine.await("db", "web");

        assertThat(machine.id("db")).isEqualTo(before);
        assertThat(starts()).isEqualTo(starts + 1);
        assertThat(found()).isTrue();
    }

    @Test
    void a_machine_makes_backups_by_schedule_and_one_that_fails_leaves_the_older_ones() throws InterruptedException {
        Accessories accessories = new SshAccessories(APP, hosts, Optional.empty());
        int starts = starts();

        accessories.schedule(place(), Map.of("db", yearly("cat /rows/starts")));
        assertThat(backups(accessories).since()).isPresent();
        makeBackup();
        Backups made = backups(accessories);
        assertThat(made.newest().orElseThrow().bytes()).isPositive();
        assertThat(made.failed()).isEmpty();
        String unused = machine.shell("docker", "exec", machine.id("db"), "sh", "-c", ": > /rows/starts");
        accessories.restore(place(), "db", BY_HAND, Optional.empty(), LONG);
        assertThat(starts()).isEqualTo(starts);

        accessories.schedule(place(), Map.of("db", yearly("echo half; echo no such table >&2; exit 3")));
        makeBackup();
        assertThat(backups(accessories).failed()).isPresent();
        assertThat(backups(accessories).newest()).isEqualTo(made.newest());
        assertThat(accessories.backups(place(), "db", BY_HAND)).hasSize(1);
        assertThat(machine.shell("sh", "-c", "cat /opt/meridian/meridian-sshkeep-data/jobs/backup-db/run.*"))
                .contains(" 0 ok timer r", " 3 failed timer r", "no such table");

        accessories.schedule(place(), Map.of());
        assertThat(backups(accessories).since()).isEmpty();
        assertThat(machine.shell("sh", "-c", "ls /etc/systemd/system")).doesNotContain("backup.db");
    }

    @Test
    void two_backups_of_a_service_at_once_are_refused() throws InterruptedException {
        Accessories accessories = new SshAccessories(APP, hosts, Optional.empty());
        String begun = machine.shell(
                "sh",
                "-c",
                "mkdir -p $1; setsid flock $1/lock sleep 600 >/dev/null 2>&1 & echo $!",
                "busy",
                "/opt/meridian/meridian-sshkeep-data/jobs/backup-db");

        assertThatThrownBy(() -> accessories.backUp(place(), "db", BY_HAND, LONG))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.LOCKED));

        String unused = machine.shell("sh", "-c", "kill -- -$1", "end", begun.strip());
    }

    /** As its timer does once a year. */
    private void makeBackup() throws InterruptedException {
        String unused = machine.shell("systemctl", "start", "meridian.meridian-sshkeep-data.backup.db.service");
    }

    private Backups backups(Accessories accessories) throws InterruptedException {
        return accessories.list(place()).getFirst().backups();
    }

    private Server place() {
        return new Server(
                Kept.home(APP),
                server.region(),
                new ReleaseId(1),
                "",
                server.address(),
                server.hostKey(),
                Server.State.RUNNING);
    }

    private static OpenBackup yearly(String command) {
        Schedule schedule =
                new Schedule("0 3 1 1 *", ZoneId.of("UTC"), List.of(0), List.of(3), List.of(1), List.of(1), List.of());
        return new OpenBackup(
                new Backup(
                        Optional.of(command),
                        Optional.empty(),
                        7,
                        Optional.of(schedule),
                        Optional.of("/srv/copies of data"),
                        Optional.empty()),
                Optional.empty());
    }

    /** Whether the app's container gets to the service by its name. */
    private boolean found() throws InterruptedException {
        String reached = machine.shell(
                "docker", "exec", machine.id("web"), "sh", "-c", "socat -u OPEN:/dev/null TCP:db:5000 && echo reached");
        return reached.strip().equals("reached");
    }

    private int starts() throws InterruptedException {
        return (int) machine.shell("docker", "exec", machine.id("db"), "cat", "/rows/starts")
                .lines()
                .count();
    }

    private Release release(int id) {
        ImageReference app = machine.image();
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
