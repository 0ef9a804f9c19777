package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.cli.world.JobQueue.Job;
import tools.jackson.databind.json.JsonMapper;

/**
 * The example app and its queue: each job is done once, by the release that serves its region, however releases come and go
 * and wherever their deployer dies.
 */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueWorldTest {
    private static final Path EXAMPLE = LocalWorld.CHECKOUT.resolve("examples/journal");
    private static final String APP = "queuetest";
    private static final JsonMapper JSON = new JsonMapper();

    private final TrafficHistory history = new TrafficHistory();
    private LocalWorld world;
    private JobQueue queue;
    private LocalWorld.Receipt first;
    private ExampleDatabase database;

    @BeforeAll
    @Timeout(value = 40, unit = TimeUnit.MINUTES) // Another class may have the database.
    void deployToAnEmptyDatabase() throws IOException {
        database = ExampleDatabase.up();
        Shell.run(EXAMPLE, "./load", "--help");
        queue = JobQueue.inEmptyDatabase("queue_test");
        LocalWorld.removeLeftovers(APP);
        world = LocalWorld.empty(APP);
        Files.copy(EXAMPLE.resolve("compose.yaml"), world.directory().resolve("compose.yaml"));
        Files.copy(EXAMPLE.resolve("secrets/eu.env"), world.directory().resolve("secrets.env"));
        world.write("meridian.yml", configuration());
        assertThat(queue.tables()).isZero();
        first = world.deploy("v1");
        history.add(first.everything());
    }

    /** Jobs last long enough that a worker is in the midst of one when it is told to end. */
    private String configuration() throws IOException {
        String release = Files.readString(EXAMPLE.resolve("meridian.yml"))
                .lines()
                .filter(line -> line.startsWith("serve:") || line.startsWith("release_command:"))
                .reduce("", (a, b) -> a + b + "\n");
        return """
                app: %s
                image: journal
                primary: eu
                env: { DATABASE_HOST: database-eu, DATABASE_NAME: queue_test, JOB_MILLIS: "150" }
                secrets: env-file:secrets.env
                regions:
                  eu: { provider: local, location: DE, servers: 1, networks: [journal-data] }
                  us: { provider: local, location: US, servers: 2, networks: [journal-data] }
                rollout: { watch: 2s, drain: 5s, keep_previous: 12h }
                traffic: { driver: haproxy, port: %d }
                %s""".formatted(APP, world.address().getPort(), release);
    }

    @AfterAll
    void destroyTheWorld() {
        world.close();
        queue.close();
        database.close();
    }

    @Test
    void anAppThatIsHealthyOnlyWithItsSchemaIsDeployedToAnEmptyDatabase() {
        assertThat(first.exitCode()).as(first.everything()).isZero();
        List<String> entries = first.ended()
                .output()
                .lines()
                .map(JSON::readTree)
                .filter(event -> event.path("event").asString("").equals("journalled"))
                .map(event -> event.path("act").asString("") + " "
                        + event.path("state").asString(""))
                .toList();
        assertThat(entries).contains("release-command done", "start intended");
        assertThat(entries.indexOf("release-command done")).isLessThan(entries.indexOf("start intended"));
        assertThat(entries).doesNotContain("end-workers done");
    }

    @Test
    void eachJobIsDoneOnceByTheReleaseThatServesForthAndBack() throws Exception {
        try (Running load = load()) {
            requireDone(world.deploy(otherTag()));
            requireDone(world.rollBack());

            requireEachJobDoneOnce(load);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "release-command .* intended",
                "end-workers us .* intended",
                "set-pool us .* 0, .* 100 done",
                "start-workers us .* intended",
                "end-workers eu .* done"
            })
    void eachJobIsDoneOnceForthAndBackThoughTheDeployerIsKilledOnTheWay(String point) throws Exception {
        String next = otherTag();
        try (Running load = load()) {
            killAt(KillPoint.of(point, 1), "deploy", "--tag", next);
            requireDone(world.deploy(next));
            requireDone(world.rollBack());

            requireEachJobDoneOnce(load);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"end-workers us .* intended", "set-pool eu .* 100, .* 0 done"})
    void eachJobIsDoneOnceThoughTheDeployerIsKilledOnTheWayBack(String point) throws Exception {
        String next = otherTag();
        try (Running load = load()) {
            requireDone(world.deploy(next));
            killAt(KillPoint.of(point, 1), "rollback");
            requireDone(world.rollBack());

            requireEachJobDoneOnce(load);
        }
    }

    private Running load() {
        return Running.start(
                EXAMPLE,
                List.of(
                        "./load",
                        "--url",
                        world.address().toString(),
                        "--rate",
                        "30",
                        "--post-share",
                        "0.15",
                        "--duration",
                        "900"));
    }

    private String otherTag() {
        return Users.page(world.address().resolve("/about")).contains("<td>v1</td>") ? "v2" : "v1";
    }

    private void killAt(KillPoint point, String... command) throws InterruptedException {
        String[] told =
                Stream.concat(Stream.of(command), Stream.of("--yes", "--json")).toArray(String[]::new);
        try (Running killed = world.startHeld(point, told)) {
            assertThat(point.await(killed)).as(killed.everything()).isTrue();
            killed.kill();
            history.add(killed.everything());
        }
    }

    private void requireDone(LocalWorld.Receipt receipt) {
        history.add(receipt.everything());
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        requireWorkersWhereTrafficIs();
    }

    private void requireWorkersWhereTrafficIs() {
        String release = world.release();
        for (String server : world.containers()) {
            List<String> running = Shell.docker(
                            "exec",
                            server,
                            "docker",
                            "ps",
                            "--format",
                            "{{.Label \"com.docker.compose.service\"}} {{.Status}}")
                    .lines()
                    .filter(line -> line.startsWith("worker "))
                    .toList();
            assertThat(running)
                    .as("workers on " + server + " while " + release + " serves")
                    .hasSize(server.contains("-" + release + "-") ? 1 : 0);
        }
    }

    private void requireEachJobDoneOnce(Running load) throws InterruptedException {
        Shell.Ended ended = load.terminate().end();
        assertThat(ended.exitCode()).as(ended.output() + ended.errors()).isZero();
        int written =
                JSON.readTree(ended.output()).path("by_status").path("303").asInt();
        assertThat(written).isPositive();

        Wait.until("all jobs to be done", Duration.ofMinutes(3), () -> queue.unfinished() == 0);
        List<Job> jobs = queue.taken();
        assertThat(jobs).hasSize(queue.posts()).hasSizeGreaterThan(written);
        assertThat(jobs.stream().flatMap(job -> history.complaints(job).stream()))
                .isEmpty();
        assertThat(history.toldTooLate()).isEmpty();
    }
}
