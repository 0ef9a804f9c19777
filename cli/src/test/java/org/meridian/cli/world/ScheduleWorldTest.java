package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.meridian.cli.ExitCode;
import org.meridian.cli.world.JobQueue.Digest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The example app's job: run by the server's timers, by the release that serves alone, once for each time.
 *
 * <p>The configuration says each minute; on the servers the test writes more times over what Meridian wrote, as a machine's
 * owner may (systemd.unit(5)), so that nobody waits for whole minutes.
 */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScheduleWorldTest {
    private static final Path EXAMPLE = LocalWorld.CHECKOUT.resolve("examples/journal");
    private static final String APP = "scheduletest";
    private static final Duration SOON = Duration.ofMinutes(4);
    private static final Duration BETWEEN_TIMES = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private LocalWorld world;
    private JobQueue queue;
    private ExampleDatabase database;

    @BeforeAll
    @Timeout(value = 40, unit = TimeUnit.MINUTES) // Another class may have the database.
    void configure() throws IOException {
        database = ExampleDatabase.up();
        queue = JobQueue.inEmptyDatabase("schedule_test");
        LocalWorld.removeLeftovers(APP);
        world = LocalWorld.empty(APP);
        Files.copy(EXAMPLE.resolve("compose.yaml"), world.directory().resolve("compose.yaml"));
        Files.copy(EXAMPLE.resolve("secrets/eu.env"), world.directory().resolve("secrets.env"));
        world.write("meridian.yml", configuration());
    }

    /** The example's job, each minute; and one that fails. */
    private String configuration() throws IOException {
        String parts = Files.readString(EXAMPLE.resolve("meridian.yml"))
                .lines()
                .filter(line -> line.startsWith("serve:")
                        || line.startsWith("release_command:")
                        || line.startsWith("jobs:")
                        || line.startsWith("  digest:"))
                .reduce("", (a, b) -> a + b + "\n")
                .replace("0 6 * * *", "* * * * *");
        return """
                app: %s
                image: journal
                primary: eu
                env: { DATABASE_HOST: database-eu, DATABASE_NAME: schedule_test }
                secrets: env-file:secrets.env
                regions:
                  eu: { provider: local, location: DE, servers: 2, networks: [journal-data] }
                rollout: { watch: 2s, drain: 5s, keep_previous: 12h }
                traffic: { driver: haproxy, port: %d }
                %s  broken: { schedule: "* * * * *", command: [/java/bin/java, "@/app/journal", nonsense] }
                """.formatted(APP, world.address().getPort(), parts);
    }

    @AfterAll
    void destroyTheWorld() {
        world.close();
        queue.close();
        database.close();
    }

    @Test
    void aJobIsRunByTheReleaseThatServesAloneForthAndBackAndAfterAReboot() {
        List<String> served = new ArrayList<>();
        requireDone(world.deploy("v1"));
        awaitDigestOf(served);
        requireDone(world.deploy("v2"));
        awaitDigestOf(served);
        requireDone(world.rollBack());
        awaitDigestOf(served);
        world.containers().forEach(ScheduleWorldTest::makeDueMoreOften);
        int before = queue.digests().size();
        Shell.docker("restart", queue.digests().getLast().server());
        Wait.until("a digest after the reboot", SOON, () -> queue.digests().size() > before + 1);

        List<Digest> digests = queue.digests();
        assertThat(withoutRepeats(digests.stream().map(Digest::release).toList()))
                .as("who wrote digests, in turn")
                .isEqualTo(served);
        for (String release : served) {
            assertThat(digests.stream()
                            .filter(digest -> digest.release().equals(release))
                            .map(Digest::server)
                            .distinct())
                    .as("servers of " + release)
                    .hasSize(1);
        }
        requireHistory(digests.size());
    }

    /** Waits until whoever serves has written a digest, and remembers who that is. */
    private void awaitDigestOf(List<String> served) {
        String release = world.release();
        world.containers().forEach(ScheduleWorldTest::makeDueMoreOften);
        int before = queue.digests().size();
        Wait.until(
                "a digest of " + release,
                SOON,
                () -> queue.digests().size() > before
                        && queue.digests().getLast().release().equals(release));
        served.add(release);
        world.containers().forEach(ScheduleWorldTest::makeDueAsConfigured);
    }

    /** Every ten seconds, whole minutes among them. */
    private static void makeDueMoreOften(String server) {
        String lines = "[Timer]\nOnCalendar=\nOnCalendar=*:*:0/" + BETWEEN_TIMES.toSeconds() + "\n";
        eachTimer(server, "mkdir -p $1.d; printf '" + lines + "' >$1.d/due.conf");
    }

    private static void makeDueAsConfigured(String server) {
        eachTimer(server, "rm -rf $1.d");
    }

    /** One server of a region has the timers, the others have none. */
    private static void eachTimer(String server, String change) {
        for (String job : List.of("digest", "broken")) {
            String unused = Shell.docker(
                    "exec",
                    server,
                    "sh",
                    "-euc",
                    "cd /etc/systemd/system; " + change + "; systemctl daemon-reload;"
                            + " if systemctl cat $1 >/dev/null 2>&1; then systemctl try-restart $1; fi",
                    "due",
                    "meridian." + APP + ".job." + job + ".timer");
        }
    }

    private void requireHistory(int digests) {
        List<JsonNode> runs = runs("digest");
        assertThat(runs).hasSizeGreaterThanOrEqualTo(digests);
        assertThat(runs.stream().map(run -> time(run.path("began").asString(""))))
                .as("none twice")
                .doesNotHaveDuplicates();
        assertThat(runs("broken"))
                .isNotEmpty()
                .filteredOn(run -> run.path("end").asString("").equals("failed"))
                .allSatisfy(run -> {
                    assertThat(run.path("exit_code").asInt()).isEqualTo(2);
                    assertThat(run.path("output").asString("")).contains("usage: journal");
                });
        assertThat(world.meridian("jobs", "check").exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(world.meridian("jobs").output()).contains("exit code 2", "Europe/Berlin");
        assertThat(world.meridian("jobs", "run", "digest").exitCode()).isIn(0, 75);
    }

    private List<JsonNode> runs(String job) {
        Shell.Ended ended = world.meridian("jobs", "history", job, "--json");
        assertThat(ended.exitCode()).as(ended.output() + ended.errors()).isZero();
        JsonNode last = JSON.readTree(ended.output().lines().toList().getLast());
        return StreamSupport.stream(last.path("runs").spliterator(), false).toList();
    }

    /** The time that a run was due at. */
    private static Instant time(String began) {
        long slot = BETWEEN_TIMES.toSeconds();
        return Instant.ofEpochSecond(Instant.parse(began).getEpochSecond() / slot * slot);
    }

    private static List<String> withoutRepeats(List<String> names) {
        List<String> turns = new ArrayList<>();
        for (String name : names) {
            if (turns.isEmpty() || !turns.getLast().equals(name)) {
                turns.add(name);
            }
        }
        return turns;
    }

    private static void requireDone(LocalWorld.Receipt receipt) {
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
    }
}
