package org.meridian.cli.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.cli.fake.Samples.after;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.Samples;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.RolloutEvent.Failed;
import org.meridian.core.event.RolloutEvent.Finished;
import org.meridian.core.event.RolloutEvent.Note;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.PhaseEnded;
import org.meridian.core.event.RolloutEvent.PhaseStarted;
import org.meridian.core.event.RolloutEvent.ServerReached;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.event.RolloutEvent.Waiting;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/** The plain view in a job of GitHub Actions. */
final class GithubViewTest {
    private final Path summary;
    private final FakeConsole console;
    private final PlainView view;

    GithubViewTest(@TempDir Path directory) {
        summary = directory.resolve("summary.md");
        console = FakeConsole.pipe(Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString()));
        view = new PlainView(console.console());
    }

    @Test
    void a_regions_lines_are_folded_under_the_end_of_its_phase() {
        begin(US);
        begin(EU);
        view.emit(new Waiting(after(4_400), Optional.of(EU), "eu to boot", Duration.ofSeconds(90)));
        view.emit(new PhaseEnded(after(5_000), US, Phase.PREPARE, Duration.ofSeconds(5)));

        assertThat(console.out()).isEqualTo("""
                   0.0s  us        prepare begins
                   0.0s  eu        prepare begins
                ::group::5.0s  us        ✓ prepared in 5.0s
                   4.3s  us        journal-us-r2-1 pulled in 0.9s
                ::endgroup::
                """);
    }

    @Test
    void nothing_is_hidden_when_something_fails() {
        begin(US);
        view.emit(new Failed(after(5_000), Optional.of(US), Diagnostic.of("unhealthy", "it is sick", "")));

        assertThat(console.out()).doesNotContain("::group::").contains("pulled in 0.9s", "failed: it is sick");
    }

    /** A container's log stands in a failure's detail; it could mask words, set variables of older runners, add annotations. */
    @Test
    void what_a_container_writes_is_no_command_to_the_runner() {
        String log =
                "::warning::look here\n  ::add-mask::deploy\n\u00a0::stop-commands::x\nsaid ##[error]x\r::debug::y";
        view.emit(new Failed(
                after(5_000),
                Optional.of(US),
                Diagnostic.of("not-started", "it died", "").withDetail(log)));
        view.emit(new Note(after(5_100), "##[warning]of a hook"));
        view.remark("::error::of a server");
        new LogLines(console.console(), false, List.of(US))
                .line(new LogLine(after(0), US, new ServerName("s"), "web", Samples.R2, "##[add-mask]a\r\n::error::b"));
        new Outputs(console.console())
                .show(new Outputs.Output(Samples.existing(US, Samples.R2, 1), 0, "::error::c\n##[group]d\n", false));

        assertThat(console.out() + console.err())
                .doesNotContainPattern("(?m)^[\\s\\u00a0]*::")
                .doesNotContain("##[")
                .contains(": :warning::look here", ": :error::of a server", ": :error::c", "## [group]d");
    }

    @Test
    void what_a_command_by_hand_writes_is_no_command_to_the_runner_either() throws IOException {
        PrintStream out = console.console().out();
        for (String part : List.of(":", ":error::a", "\n#", "#[error]b\r", " ::", "debug::c\nd ::e\n\u001b[31m::f\n")) {
            out.write(part.getBytes(UTF_8));
            out.flush();
        }

        assertThat(console.out()).isEqualTo(": :error::a\n## [error]b\r : :debug::c\nd ::e\n\u001b[31m::f\n");
    }

    /** In a fold it would be seen when the phase has ended: ten minutes of nothing, on a server that never boots. */
    @Test
    void what_keeps_a_wait_is_told_at_once() {
        begin(US);
        view.emit(new Waiting(
                after(65_000),
                Optional.of(US),
                "us-r2-1 to boot",
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                "connection \u001b[2Jrefused"));

        assertThat(console.out())
                .contains("still waiting for us-r2-1 to boot: connection ^[[2Jrefused (1m00s of at most 10m)")
                .doesNotContain("pulled in 0.9s");
    }

    @Test
    void nothing_is_lost_when_it_is_interrupted() {
        begin(US);
        view.close();

        assertThat(console.out()).contains("pulled in 0.9s");
    }

    @Test
    void the_receipt_is_the_jobs_summary() throws IOException {
        Files.writeString(summary, "### Tests passed\n");
        view.emit(new Finished(after(81_250), Samples.receipt(Receipt.Outcome.DEPLOYED)));

        assertThat(summary)
                .content()
                .startsWith("### Tests passed\n### ✓ Deployed r1 -> r2 in ")
                .contains("| region | servers | prepare | shift |", "| us | 2 |", "**0 failed**");
    }

    private void begin(RegionName region) {
        view.emit(new PhaseStarted(after(0), region, Phase.PREPARE));
        if (region.equals(US)) {
            view.emit(new ServerReached(
                    after(4_300), US, Samples.server(US, Samples.R2, 1), Stage.PULLED, Duration.ofMillis(900)));
        }
    }
}
