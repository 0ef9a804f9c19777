package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.Duties;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Job;
import org.meridian.core.model.Job.Overlap;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobRun.End;
import org.meridian.core.model.JobState;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Schedule;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerDuties;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.JobAccess;
import org.meridian.core.spi.ServerAccess.RemoteProcess;

/** What becomes of a release's jobs on a real server. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1_200)
final class JobsWorldTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Schedule EVERY_MINUTE = schedule("* * * * *", List.of(), List.of());
    private static final Schedule ONCE_A_YEAR = schedule("0 0 1 1 *", List.of(0), List.of(1));
    private static final String EVERY_TEN_SECONDS = "*:*:0/10";
    private static final String[] UNTIL_LET_GO = {"sh", "-c", "until [ -e /go ]; do sleep 0.1; done"};
    private static final String COMPOSE = "services: { web: { build: ., restart: always } }";

    private OneLocalServer machine;
    private SshHosts hosts;
    private SshServers access;
    private int number;
    private ReleaseId release = new ReleaseId(1);

    @BeforeAll
    void bootOneServer(@TempDir Path directory) throws InterruptedException {
        machine = OneLocalServer.boot("sshjobs", directory);
        hosts = machine.hosts();
        access = machine.access();
    }

    @AfterAll
    void destroyEverything() throws InterruptedException {
        machine.close();
    }

    @BeforeEach
    void nextRelease() {
        release = new ReleaseId(++number);
    }

    @Test
    void a_job_runs_by_schedule_until_it_is_ended_also_after_a_reboot() throws InterruptedException {
        start(Map.of("tick", job(EVERY_MINUTE, Overlap.SKIP, "sh", "-c", "echo tick")));
        assertThat(access.states(server()))
                .containsExactly(new JobState("tick", false, Optional.empty(), Optional.empty()));

        hosts.startJobs(server(), release, Set.of("tick"), Map.of(), LONG);
        JobState state = access.states(server()).getFirst();
        assertThat(state.scheduled()).isTrue();
        Instant next = state.next().orElseThrow();
        assertThat(next)
                .isEqualTo(minute(next))
                .isBetween(Instant.now(), Instant.now().plusSeconds(61));
        due("tick", EVERY_TEN_SECONDS);
        JobRun first = awaitRun("tick", run -> true);
        assertThat(first.exitCode()).isZero();
        assertThat(first.end()).isEqualTo(End.OK);
        assertThat(first.byHand()).isFalse();
        assertThat(first.output()).isEqualTo("tick\n");
        ServerDuties seen = access.look(server());
        assertThat(seen.jobs()).extracting(JobState::job).containsExactly("tick");
        assertThat(seen.last()).extracting(JobRun::job).contains("tick");

        machine.reboot();
        awaitRun("tick", run -> run.began().isAfter(first.began()));

        hosts.endJobs(server(), release, Set.of());
        assertThat(hosts.awaitJobsEnded(server(), release, LONG)).containsOnlyKeys("tick");
        machine.reboot();
        assertThat(access.states(server()).getFirst().scheduled()).isFalse();
        assertThat(timers()).isEmpty();
        hosts.forgetJobs(server(), release);
        assertThat(hosts.awaitJobsEnded(server(), release, LONG)).isEmpty();
        requireNoneTwice("tick");
    }

    @Test
    void what_came_due_while_nobody_had_the_schedule_runs_once() throws InterruptedException {
        start(Map.of("yearly", job(ONCE_A_YEAR, Overlap.SKIP, "sh", "-c", "echo happy new year")));

        hosts.startJobs(server(), release, Set.of("yearly"), Map.of("yearly", LONG_AGO), LONG);
        JobRun made = awaitRun("yearly", run -> true);
        hosts.startJobs(server(), release, Set.of("yearly"), Map.of("yearly", LONG_AGO), LONG);
        hosts.endJobs(server(), release, Set.of());
        Instant seen = hosts.awaitJobsEnded(server(), release, LONG).getOrDefault("yearly", LONG_AGO);
        hosts.startJobs(server(), release, Set.of("yearly"), Map.of("yearly", seen), LONG);

        assertThat(seen).isAfter(made.began().minusSeconds(2));
        assertThat(state("yearly").next().orElseThrow()).isAfter(seen);
        assertThat(runs("yearly")).containsExactly(made);
        hosts.endJobs(server(), release, Set.of());
    }

    @Test
    void a_time_that_comes_while_a_run_goes_on_is_skipped() throws InterruptedException {
        start(Map.of("skips", job(ONCE_A_YEAR, Overlap.SKIP, UNTIL_LET_GO)));
        hosts.startJobs(server(), release, Set.of("skips"), Map.of(), LONG);
        due("skips", EVERY_TEN_SECONDS);

        Instant begun = awaitRunning("skips");
        awaitTime(slot(begun).plusSeconds(21));
        letGo("skips");
        JobRun first = awaitRun("skips", run -> true);
        Instant next = awaitRunning("skips");
        hosts.endJobs(server(), release, Set.of());
        Duration more = Duration.ofSeconds(2);
        CompletableFuture<Void> letsGo = CompletableFuture.runAsync(
                () -> letGo("skips"), CompletableFuture.delayedExecutor(more.toMillis(), TimeUnit.MILLISECONDS));
        Map<String, Instant> seen = hosts.awaitJobsEnded(server(), release, LONG);

        assertThat(letsGo).as("a run that goes on is waited for").isCompleted();
        assertThat(slot(next)).as("not what came meanwhile").isAfter(first.ended());
        assertThat(seen).containsOnlyKeys("skips");
        assertThat(seen.get("skips")).isAfterOrEqualTo(slot(next));
        assertThat(runs("skips")).hasSize(2);
    }

    @Test
    void a_time_that_comes_while_a_run_goes_on_is_queued_where_that_is_wanted() throws InterruptedException {
        start(Map.of("queues", job(ONCE_A_YEAR, Overlap.QUEUE, UNTIL_LET_GO)));
        hosts.startJobs(server(), release, Set.of("queues"), Map.of(), LONG);
        Instant soon = Instant.now().plusSeconds(20);
        due("queues", at(soon), at(soon.plusSeconds(3)));

        Instant begun = awaitRunning("queues");
        awaitTime(soon.plusSeconds(5));
        letGo("queues");
        JobRun first = awaitRun("queues", run -> true);
        letGoAgain("queues", begun);
        JobRun second = awaitRun("queues", run -> run.began().isAfter(begun));
        hosts.endJobs(server(), release, Set.of());

        assertThat(second.began()).as("one after the other").isAfterOrEqualTo(first.ended());
        assertThat(runs("queues")).as("no third time was due").hasSize(2);
    }

    @Test
    void a_run_that_fails_or_takes_too_long_is_remembered_with_its_output() throws InterruptedException {
        Job slow = new Job(
                ONCE_A_YEAR,
                "web",
                List.of("sh", "-c", "echo so far; sleep 600"),
                OneLocalServer.REGION,
                Overlap.SKIP,
                Duration.ofSeconds(2));
        start(Map.of(
                "fails",
                job(ONCE_A_YEAR, Overlap.SKIP, "sh", "-c", "echo no 'mail' server >&2; exit 3"),
                "slow",
                slow));

        hosts.startJobs(server(), release, Set.of("fails", "slow"), Map.of("fails", LONG_AGO, "slow", LONG_AGO), LONG);

        JobRun failed = awaitRun("fails", run -> true);
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.end()).isEqualTo(End.FAILED);
        assertThat(failed.output()).isEqualTo("no mail server\n");
        JobRun stopped = awaitRun("slow", run -> true);
        assertThat(stopped.end()).isEqualTo(End.TIMEOUT);
        assertThat(stopped.output()).isEqualTo("so far\n");
        assertThat(machine.shell("docker", "ps", "--all", "--format", "{{.Names}}"))
                .doesNotContain("-job-");
        hosts.endJobs(server(), release, Set.of());
    }

    @Test
    void a_run_by_hand_shows_its_output_and_never_runs_beside_another() throws InterruptedException, IOException {
        start(Map.of(
                "hand", job(ONCE_A_YEAR, Overlap.SKIP, "sh", "-c", "echo begun; sleep 8; echo 'done $HOME'; exit 7")));

        try (RemoteProcess one = access.run(server(), "hand")) {
            awaitRunning("hand");
            try (RemoteProcess other = access.run(server(), "hand")) {
                assertThat(other.await()).isEqualTo(JobAccess.RUNS_ALREADY);
            }
            assertThat(new String(one.output().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("begun\ndone $HOME\n");
            assertThat(one.await()).isEqualTo(7);
        }
        assertThat(runs("hand")).singleElement().satisfies(run -> {
            assertThat(run.byHand()).isTrue();
            assertThat(run.exitCode()).isEqualTo(7);
        });
    }

    @Test
    void a_run_that_a_reboot_cut_off_is_remembered_and_not_begun_again() throws InterruptedException {
        start(Map.of("cut", job(ONCE_A_YEAR, Overlap.SKIP, "sleep", "500")));
        hosts.startJobs(server(), release, Set.of("cut"), Map.of("cut", LONG_AGO), LONG);
        awaitRunning("cut");

        machine.reboot();
        hosts.startJobs(server(), release, Set.of("cut"), Map.of(), LONG);
        hosts.endJobs(server(), release, Set.of());
        hosts.awaitJobsEnded(server(), release, LONG);

        assertThat(machine.shell("docker", "ps", "--format", "{{.Names}}")).doesNotContain("-job-");
        assertThat(runs("cut").size()).isLessThanOrEqualTo(1);
    }

    @Test
    void what_was_never_placed_has_no_jobs() throws InterruptedException {
        hosts.endJobs(server(), new ReleaseId(77), Set.of());
        assertThat(hosts.awaitJobsEnded(server(), new ReleaseId(77), LONG)).isEmpty();
        hosts.forgetJobs(server(), new ReleaseId(77));
    }

    /** Writes over when a job is due, as a machine's owner may; what Meridian wrote stays as it is (systemd.unit(5)). */
    private void due(String job, String... calendar) throws InterruptedException {
        String timer = "meridian.sshjobs.job." + job + ".timer";
        String lines = "[Timer]\nOnCalendar=\n"
                + Stream.of(calendar).map(line -> "OnCalendar=" + line + "\n").collect(Collectors.joining());
        String unused = machine.shell(
                "sh",
                "-euc",
                "mkdir -p /etc/systemd/system/$1.d; printf '%s' \"$2\" >/etc/systemd/system/$1.d/due.conf;"
                        + " systemctl daemon-reload; systemctl restart $1",
                "due",
                timer,
                lines);
    }

    private static String at(Instant time) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    /** Lets a run of {@link #UNTIL_LET_GO} end. */
    private void letGo(String job) {
        try {
            String unused = machine.shell(
                    "sh", "-c", "until docker exec sshjobs-job-" + job + " sh -c ': >/go'; do sleep 0.2; done");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same with the run after the one that began then. */
    private void letGoAgain(String job, Instant former) throws InterruptedException {
        Instant since = awaitRunning(job);
        while (!since.isAfter(former)) {
            since = awaitRunning(job);
        }
        letGo(job);
    }

    /** This machine and its servers have one clock. */
    private static void awaitTime(Instant time) throws InterruptedException {
        new SystemTime().sleep(Duration.between(Instant.now(), time));
    }

    private Server server() {
        Server seen = machine.server();
        return new Server(
                seen.name(), seen.region(), release, seen.revision(), seen.address(), seen.hostKey(), seen.state());
    }

    private static Instant minute(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond() / 60 * 60);
    }

    private static Instant slot(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond() / 10 * 10);
    }

    private JobState state(String job) throws InterruptedException {
        return access.states(server()).stream()
                .filter(state -> state.job().equals(job))
                .findFirst()
                .orElseThrow();
    }

    private List<JobRun> runs(String job) throws InterruptedException {
        return access.runs(server(), Optional.of(job));
    }

    private JobRun awaitRun(String job, Predicate<JobRun> wanted) throws InterruptedException {
        long giveUp = System.nanoTime() + LONG.toNanos();
        while (true) {
            Optional<JobRun> found = runs(job).stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            assertThat(System.nanoTime()).as("no run of " + job).isLessThan(giveUp);
        }
    }

    private Instant awaitRunning(String job) throws InterruptedException {
        long giveUp = System.nanoTime() + LONG.toNanos();
        while (true) {
            Optional<Instant> since = state(job).running();
            if (since.isPresent()) {
                return since.get();
            }
            assertThat(System.nanoTime()).as(job + " does not run").isLessThan(giveUp);
        }
    }

    private void requireNoneTwice(String job) throws InterruptedException {
        assertThat(runs(job).stream().map(run -> slot(run.began()))).doesNotHaveDuplicates();
    }

    private String timers() throws InterruptedException {
        return machine.shell("systemctl", "list-timers", "--all", "--no-legend", "meridian.*");
    }

    private void start(Map<String, Job> jobs) throws InterruptedException {
        machine.run(new Release(
                release,
                "0000000000%02d".formatted(number),
                Instant.EPOCH,
                "tiny",
                new Release.Content(
                        COMPOSE,
                        BesideFiles.NONE,
                        Map.of("web", machine.image()),
                        List.of("web"),
                        new Serve("web", 3000, 3000, new HealthCheck("/up", LONG, LONG, 1, LONG)),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.of(new Duties(Map.of(), jobs)))));
    }

    private static Job job(Schedule schedule, Overlap overlap, String... command) {
        return new Job(schedule, "web", List.of(command), OneLocalServer.REGION, overlap, Duration.ofMinutes(10));
    }

    private static Schedule schedule(String written, List<Integer> minutes, List<Integer> first) {
        return new Schedule(written, ZoneId.of("Europe/Zurich"), minutes, minutes, first, first, List.of());
    }
}
