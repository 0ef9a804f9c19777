package org.meridian.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.Samples;
import org.meridian.core.model.Job;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.model.Schedule;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.WorkerContainer;
import org.meridian.core.operation.JobReport;
import org.meridian.core.operation.SeenBackups;
import org.meridian.core.operation.ServicesReport;
import org.meridian.core.operation.ServicesReport.KeptRow;
import org.meridian.core.operation.ServicesReport.Unasked;
import org.meridian.core.operation.ServicesReport.WorkerRow;

final class ServicesViewTest {
    private static final ServerName SERVER = Samples.server(EU, Samples.R2, 1);
    private static final Instant SINCE = Samples.START.minusSeconds(3600);

    private final FakeConsole console = FakeConsole.pipe();

    @Test
    void a_status_without_services_has_no_empty_tables() {
        assertThat(text(ServicesReport.NOTHING))
                .doesNotContain("worker", "keeps data", "schedule")
                .endsWith("-\n");
    }

    @Test
    void workers_say_how_many_run_since_when_and_whether_they_stay_up() {
        var up = worker("mail", true, container("running", 0), container("running", 0));
        var again = worker("clock", true, container("running", 12));
        var dead = worker("images", true, container("restarting", 40));
        var never = worker("search", true);
        var former = worker("feed", false, container("running", 0));

        assertThat(text(new ServicesReport(List.of(up, again, dead, never, former), List.of(), List.of(), List.of())))
                .containsPattern("mail +r2 +journal-eu-r2-1 +2/2 +2026-11-23 09:00:00 +running\n")
                .containsPattern("clock +r2 +\\S+ +1/1 +2026-11-23 09:00:00 +running, started again 12 times\n")
                .containsPattern("images +r2 +\\S+ +0/1 +- +\\S+ restarting, started again 40 times\n")
                .containsPattern("search +r2 +\\S+ +0/0 +- +\\S+ not started: deploy again\n")
                .containsPattern("feed +r2 +\\S+ +1/1 +\\S+ \\S+ +is to end\n");
    }

    @Test
    void jobs_say_when_they_are_due_how_they_ended_and_that_one_runs_now() {
        var failed = job("digest", Optional.empty(), JobRun.End.FAILED);
        var running = job("tidy", Optional.of(SINCE), JobRun.End.OK);

        assertThat(text(new ServicesReport(List.of(), List.of(failed, running), List.of(), List.of())))
                .containsPattern(
                        "digest +0 6 \\* \\* \\* Z +journal-eu-r2-1 +2026-11-23 10:00:00 +2026-11-23 09:00:00 \\S+ exit code 3")
                .containsPattern("tidy .* runs since 2026-11-23 09:00:00 +2026-11-23 09:00:00 ok");
    }

    @Test
    void services_that_keep_data_say_where_and_how_they_are() {
        assertThat(text(new ServicesReport(
                        List.of(),
                        List.of(),
                        List.of(
                                kept("db", "running, healthy", Optional.of(SINCE)),
                                kept("search", "running, unhealthy", Optional.of(SINCE)),
                                kept("cache", "missing", Optional.empty())),
                        List.of())))
                .containsPattern("db +ops@lab-1 +2026-11-23 09:00:00 +running, healthy +volume rows\n")
                .containsPattern("search +ops@lab-1 +2026-11-23 09:00:00 +\\S+ running, unhealthy +volume rows\n")
                .containsPattern("cache +ops@lab-1 +- +\\S+ missing +volume rows\n");
    }

    @Test
    void a_server_that_could_not_be_asked_is_named_and_nothing_in_its_words_steers_the_terminal() {
        assertThat(text(new ServicesReport(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Unasked(US, "journal-us-r2-1", "no \u001b[2JSSH connection")))))
                .contains("! journal-us-r2-1 in us could not be asked what runs there: no ")
                .doesNotContain("\u001b[2J");
    }

    @Test
    void programs_get_the_same_facts() {
        var report = new ServicesReport(
                List.of(worker("mail", true, container("running", 2), container("exited", 0))),
                List.of(job("digest", Optional.of(SINCE), JobRun.End.FAILED)),
                List.of(kept("db", "running, healthy", Optional.of(SINCE))),
                List.of(new Unasked(US, "journal-us-r2-1", "it is stopped")));
        new JsonView(console.console()).show(new Report.Status(Samples.status().with(report), Samples.START));
        assertThat(console.out().replace('"', '\''))
                .contains("'services':{'workers':[{'name':'mail','region':'eu','server':'journal-eu-r2-1',"
                        + "'release':'r2','state':'partly','running':1,'containers':2,'restarts':2,"
                        + "'since':'2026-11-23T09:00:00Z'}],'jobs':[{'name':'digest','region':'eu','release':'r2',")
                .contains("'running_since':'2026-11-23T09:00:00Z','last':{'job':'digest',")
                .contains("'kept':[{'name':'db','region':'eu','machine':'ops@lab-1','state':'running, healthy',"
                        + "'well':true,'since':'2026-11-23T09:00:00Z','data':['volume rows']}],"
                        + "'unasked':[{'region':'us','name':'journal-us-r2-1','why':'it is stopped'}]}}\n");
    }

    private static WorkerRow worker(String name, boolean wanted, WorkerContainer... containers) {
        return new WorkerRow(name, EU, SERVER, Samples.R2, wanted, List.of(containers));
    }

    private static WorkerContainer container(String state, int restarts) {
        return new WorkerContainer("worker", state, restarts, Optional.of(SINCE));
    }

    private static KeptRow kept(String name, String state, Optional<Instant> since) {
        return new KeptRow(name, EU, "ops@lab-1", state, since, List.of("volume rows"), SeenBackups.NONE);
    }

    private static JobReport.Row job(String name, Optional<Instant> running, JobRun.End end) {
        var schedule =
                new Schedule("0 6 * * *", ZoneOffset.UTC, List.of(0), List.of(6), List.of(), List.of(), List.of());
        var job = new Job(schedule, "web", List.of(name), EU, Job.Overlap.SKIP, Duration.ofMinutes(10));
        var last = new JobRun(
                name, SERVER, Samples.R2, SINCE, SINCE.plusSeconds(4), end == JobRun.End.OK ? 0 : 3, end, false, "");
        var state = new JobState(name, true, Optional.of(Samples.START), running);
        return new JobReport.Row(
                name, EU, Samples.R2, job, SERVER, Optional.of(state), Optional.of(last), Optional.empty());
    }

    private String text(ServicesReport services) {
        new PlainView(console.console()).show(new Report.Status(Samples.status().with(services), Samples.START));
        return console.out();
    }
}
