package org.meridian.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.cli.fake.Samples.after;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.Samples;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.RolloutEvent.Failed;
import org.meridian.core.event.RolloutEvent.Finished;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.PhaseEnded;
import org.meridian.core.event.RolloutEvent.PhaseStarted;
import org.meridian.core.event.RolloutEvent.ServerReached;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.event.RolloutEvent.Waiting;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;

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
