package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerDuties;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.WorkerContainer;

final class DutyTextTest {
    private static final Server SERVER = new Server(
            new ServerName("shop-eu-r3-1"),
            new RegionName("eu"),
            new ReleaseId(3),
            "",
            Optional.empty(),
            Optional.empty(),
            Server.State.RUNNING);

    @Test
    void workers_jobs_and_last_runs_come_with_one_look() {
        ServerDuties duties = DutyText.read(SERVER, """
                working mail
                worker mail running 2 2026-11-23T10:00:00.5Z
                worker mail created 0 0001-01-01T00:00:00Z
                job digest on 1795428000000 -
                job tidy off - 1795428000000
                run digest 1795428000000 1795428009000 3 failed timer r2 -
                """);

        assertThat(duties.working()).containsExactly("mail");
        assertThat(duties.containers())
                .containsExactly(
                        new WorkerContainer("mail", "running", 2, Optional.of(Instant.parse("2026-11-23T10:00:00.5Z"))),
                        new WorkerContainer("mail", "created", 0, Optional.empty()));
        Instant time = Instant.ofEpochMilli(1_795_428_000_000L);
        assertThat(duties.jobs())
                .containsExactly(
                        new JobState("digest", true, Optional.of(time), Optional.empty()),
                        new JobState("tidy", false, Optional.empty(), Optional.of(time)));
        JobRun last = duties.last().getFirst();
        assertThat(last.end()).isEqualTo(JobRun.End.FAILED);
        assertThat(last.exitCode()).isEqualTo(3);
        assertThat(last.release()).isEqualTo(new ReleaseId(2));
        assertThat(last.output()).isEmpty();
    }

    @Test
    void nothing_is_read_from_nothing() {
        assertThat(DutyText.read(SERVER, "")).isEqualTo(new ServerDuties(Set.of(), List.of(), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Welcome to Ubuntu",
                "worker mail running",
                "worker mail running -1 x",
                "job",
                "run a b",
                "working"
            })
    void words_of_a_shells_own_are_not_taken_for_duties(String text) {
        assertThatThrownBy(() -> DutyText.read(SERVER, text))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("can't be read");
    }
}
