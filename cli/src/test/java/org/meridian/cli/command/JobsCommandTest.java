package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meridian.cli.ExitCode;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.FakeProcess;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.Job;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobRun.End;
import org.meridian.core.model.JobState;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Schedule;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.JobHistory;
import org.meridian.core.operation.JobReport;

final class JobsCommandTest {
    private static final ServerName SERVER = new ServerName("journal-eu-r2-1");
    private static final Instant BEGAN = Instant.parse("2026-11-23T05:00:00Z");
    private static final Schedule SCHEDULE = new Schedule(
            "0 6 * * *", ZoneId.of("Europe/Zurich"), List.of(0), List.of(6), List.of(), List.of(), List.of());

    private final FakeMeridian meridian = new FakeMeridian();
    private final FakeConsole console = FakeConsole.pipe();

    @BeforeEach
    void oneJobThatFailed() {
        JobRun failed = run(3, End.FAILED, "");
        meridian.hasJobs(
                new JobReport(List.of(new JobReport.Row(
                        "digest",
                        new RegionName("eu"),
                        new ReleaseId(2),
                        new Job(
                                SCHEDULE,
                                "web",
                                List.of("bin/digest"),
                                new RegionName("eu"),
                                Job.Overlap.SKIP,
                                Duration.ofMinutes(10)),
                        SERVER,
                        Optional.of(new JobState(
                                "digest", true, Optional.of(BEGAN.plus(Duration.ofDays(1))), Optional.empty())),
                        Optional.of(failed),
                        Optional.empty()))),
                new JobHistory(List.of(run(0, End.OK, ""), failed), List.of()));
    }

    @Test
    void lists_when_each_job_is_due_and_how_its_last_run_went() {
        assertThat(CommandLineRun.of(meridian, console, "jobs")).isZero();

        assertThat(console.out())
                .containsPattern(
                        "digest +0 6 \\* \\* \\* Europe/Zurich +journal-eu-r2-1 +2026-11-24 05:00:00 +2026-11-23"
                                + " 05:00:00 \\S+ exit code 3");
    }

    @Test
    void lists_the_same_as_json() {
        assertThat(CommandLineRun.of(meridian, console, "jobs", "list", "--json"))
                .isZero();

        assertThat(console.out())
                .contains(
                        "\"name\":\"digest\"",
                        "\"next\":\"2026-11-24T05:00:00Z\"",
                        "\"exit_code\":3",
                        "\"end\":\"failed\"");
    }

    @Test
    void shows_what_a_run_wrote_and_nothing_that_steers_the_terminal() {
        meridian.hasJobs(
                new JobReport(List.of()),
                new JobHistory(List.of(run(0, End.OK, "sent 3\n\u001b[2Jmails\n")), List.of()));

        assertThat(CommandLineRun.of(meridian, console, "jobs", "history", "digest"))
                .isZero();

        assertThat(console.out()).contains("  sent 3\n").contains("mails").doesNotContain("\u001b[2J");
        assertThat(meridian.calls()).contains("runs of digest");
    }

    @Test
    void runs_a_job_and_ends_with_its_exit_code() {
        meridian.runs(new FakeProcess(7, "begun\n", "oh\n"));

        assertThat(CommandLineRun.of(meridian, console, "jobs", "run", "digest"))
                .isEqualTo(7);

        assertThat(console.out()).contains("begun");
        assertThat(console.err()).contains("oh");
        assertThat(meridian.calls()).contains("begin job digest", "start job digest");
    }

    @Test
    void a_check_ends_with_1_when_a_run_failed_and_lists_only_those() {
        assertThat(CommandLineRun.of(meridian, console, "jobs", "check")).isEqualTo(ExitCode.FAILED);

        assertThat(console.out().lines().filter(line -> line.startsWith("digest")))
                .singleElement()
                .asString()
                .contains("exit code 3");
    }

    @Test
    void a_check_that_could_not_ask_every_server_is_none() {
        meridian.hasJobs(
                new JobReport(List.of()),
                new JobHistory(
                        List.of(), List.of(Diagnostic.of("unreachable", "no SSH connection to lab", "Start it."))));

        assertThat(CommandLineRun.of(meridian, console, "jobs", "check")).isEqualTo(ExitCode.FAILED);
        assertThat(console.err()).contains("no SSH connection to lab");
    }

    private static JobRun run(int code, End end, String output) {
        return new JobRun("digest", SERVER, new ReleaseId(2), BEGAN, BEGAN.plusSeconds(4), code, end, false, output);
    }
}
