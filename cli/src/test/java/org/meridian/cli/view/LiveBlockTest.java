package org.meridian.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.cli.fake.Samples.after;
import static org.meridian.testkit.simulation.SimulatedApps.AP;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.Samples;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.RolloutEvent.Failed;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.PhaseEnded;
import org.meridian.core.event.RolloutEvent.PhaseStarted;
import org.meridian.core.event.RolloutEvent.Probed;
import org.meridian.core.event.RolloutEvent.ServerReached;
import org.meridian.core.event.RolloutEvent.Shifted;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.event.RolloutEvent.Started;
import org.meridian.core.event.RolloutEvent.Waiting;
import org.meridian.core.model.Weight;

final class LiveBlockTest {
    private static final ScreenSize WIDE = new ScreenSize(40, 100);

    private final Progress progress = new Progress();
    private final LiveBlock block = new LiveBlock(Style.PLAIN);

    @BeforeEach
    void halfWay() {
        progress.take(new Started(Samples.START, Samples.rollout(), Samples.plan()));
        progress.take(new PhaseStarted(after(100), US, Phase.PREPARE));
        progress.take(new ServerReached(
                after(900), US, Samples.server(US, Samples.R2, 1), Stage.PULLED, Duration.ofMillis(900)));
        progress.take(new ServerReached(
                after(950), US, Samples.server(US, Samples.R2, 2), Stage.BOOTED, Duration.ofMillis(900)));
        progress.take(new Waiting(
                after(1_000),
                Optional.of(US),
                "2 servers to be healthy",
                Duration.ofMinutes(2),
                Duration.ofSeconds(30),
                "503"));
        progress.take(new PhaseEnded(after(4_000), AP, Phase.PREPARE, Duration.ofMillis(3_900)));
        progress.take(new Shifted(after(4_500), AP, Samples.R2, Weight.FULL));
        progress.take(new Probed(after(5_000), 150, 1, Duration.ofMillis(4), Duration.ofMillis(80)));
    }

    @Test
    void each_region_has_a_row_and_waits_say_what_for() {
        assertThat(block.lines(progress, Optional.empty(), after(12_300), WIDE))
                .containsExactly(
                        "",
                        "  deploy r2 (journal:v2) from r1  12.3s",
                        "    eu  not yet",
                        "  > us  prepare        12.2s  r2-1 pulled  r2-2 booted",
                        "  ✓ ap  prepared        3.9s  traffic on r2",
                        "    us: waiting for 2 servers to be healthy, 41.3s of at most 2m: 503",
                        "  probe: 150 sent, 1 failed, p50 4 ms, worst 80 ms");
    }

    @Test
    void a_region_that_goes_on_waits_no_longer() {
        progress.take(new PhaseEnded(after(13_000), US, Phase.PREPARE, Duration.ofSeconds(13)));
        assertThat(progress.waits()).isEmpty();
    }

    @Test
    void a_region_that_failed_shows_it_until_it_is_back() {
        progress.take(new Failed(after(13_000), Optional.of(US), Diagnostic.of("x", "y", "z")));
        assertThat(block.lines(progress, Optional.empty(), after(13_000), WIDE).get(3))
                .startsWith("  ✗ us  failed");
        progress.take(new PhaseEnded(after(14_000), US, Phase.REVERT, Duration.ofSeconds(1)));
        assertThat(block.lines(progress, Optional.empty(), after(14_000), WIDE).get(3))
                .startsWith("  ✓ us  back");
    }

    @Test
    void another_rollout_begins_anew() {
        progress.take(new Started(after(20_000), Samples.rollout(), Samples.plan()));
        assertThat(block.lines(progress, Optional.empty(), after(20_000), WIDE))
                .contains("    us  not yet", "    ap  not yet");
    }

    @Test
    void nothing_is_wider_or_taller_than_the_terminal() {
        List<String> lines = block.lines(progress, Optional.empty(), after(12_300), new ScreenSize(5, 30));
        assertThat(lines).hasSize(4).allSatisfy(line -> assertThat(line.length())
                .isLessThan(30));
        assertThat(lines.get(1)).endsWith("…");
    }
}
