package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.testkit.simulation.SimulatedApps.US;
import static org.meridian.testkit.simulation.Story.R1;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Duties;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerDuties;
import org.meridian.core.model.WorkerContainer;
import org.meridian.core.operation.ReadServices;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.operation.ServicesReport;
import org.meridian.core.operation.ServicesReport.Unasked;
import org.meridian.core.spi.Accessories;

/** What status tells of workers, jobs and services that keep data. */
class ReadServicesTest {
    private static final Instant BEGAN = Instant.parse("2026-11-23T05:00:00Z");

    private final Story story = new Story(SimulatedApps.threeRegions(2).working(Optional.empty(), Shape.DUTIES), 81);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void deploys() throws Exception {
        var unused = story.deploy(1);
    }

    @Test
    void every_server_is_asked_once_and_says_what_it_does() throws Exception {
        ServicesReport services = read();

        assertThat(asked).hasSize(6).doesNotHaveDuplicates();
        assertThat(services.unasked()).isEmpty();
        assertThat(services.workers())
                .filteredOn(row -> row.name().equals("mail"))
                .hasSize(6)
                .allMatch(row -> row.release().equals(R1) && row.state() == ServicesReport.State.RUNNING);
    }

    @Test
    void a_worker_that_was_never_started_where_it_belongs_is_shown_as_down() throws Exception {
        assertThat(read().workers())
                .filteredOn(row -> row.name().equals("clock"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.server().value()).isEqualTo("journal-eu-r1-1");
                    assertThat(row.state()).isEqualTo(ServicesReport.State.DOWN);
                });
    }

    @Test
    void a_job_has_its_server_its_times_and_its_last_run() throws Exception {
        assertThat(read().jobs())
                .extracting(row -> row.name() + " " + row.region() + " " + row.server())
                .containsExactlyInAnyOrder("digest eu journal-eu-r1-1", "report us journal-us-r1-1");
        assertThat(read().jobs())
                .allSatisfy(row -> assertThat(row.last().map(JobRun::exitCode)).contains(3));
    }

    @Test
    void whoever_cannot_be_asked_is_named_and_does_not_hide_the_others() throws Exception {
        ServicesReport services = read("journal-us-r1-1");

        assertThat(services.unasked()).containsExactly(new Unasked(US, "journal-us-r1-1", "it does not answer"));
        assertThat(services.workers())
                .extracting(row -> row.server().value())
                .contains("journal-us-r1-2", "journal-eu-r1-1", "journal-ap-r1-1")
                .doesNotContain("journal-us-r1-1");
        assertThat(services.jobs())
                .filteredOn(row -> row.region().equals(US))
                .singleElement()
                .satisfies(row -> assertThat(row.problem()).contains("it does not answer"));
    }

    @Test
    void an_app_that_only_serves_asks_nobody() throws Exception {
        Story plain = Story.withFirstRelease(82);
        var services = new ReadServices(
                plain.world.workspace(),
                server -> {
                    throw new AssertionError("nobody is asked");
                },
                Accessories.NONE);

        assertThat(new ReadStatus(plain.world.workspace(), services).run().services())
                .isEqualTo(ServicesReport.NOTHING);
    }

    private ServicesReport read(String... silent) throws InterruptedException {
        var services = new ReadServices(
                story.world.workspace(),
                server -> {
                    if (Set.of(silent).contains(server.name().value())) {
                        throw Failure.noAnswer(Diagnostic.of("ssh-unreachable", "it does not answer", "Wait."));
                    }
                    return answer(server);
                },
                Accessories.NONE);
        asked.clear();
        return new ReadStatus(story.world.workspace(), services).run().services();
    }

    /** Its "mail" runs; its jobs are due, and the last run of each failed. */
    private ServerDuties answer(Server server) {
        asked.add(server.name().value());
        Duties duties = Shape.DUTIES;
        Set<String> jobs = duties.jobsIn(server.region()).keySet();
        return new ServerDuties(
                Set.of("mail"),
                List.of(new WorkerContainer("mail", "running", 0, Optional.of(BEGAN))),
                jobs.stream()
                        .map(job -> new JobState(job, true, Optional.of(BEGAN), Optional.empty()))
                        .toList(),
                jobs.stream()
                        .map(job -> new JobRun(
                                job,
                                server.name(),
                                server.release(),
                                BEGAN,
                                BEGAN.plusSeconds(9),
                                3,
                                JobRun.End.FAILED,
                                false,
                                ""))
                        .toList());
    }
}
