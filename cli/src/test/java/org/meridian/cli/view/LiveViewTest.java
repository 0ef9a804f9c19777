package org.meridian.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.cli.fake.Samples.after;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.Samples;
import org.meridian.core.event.RolloutEvent.Finished;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.PhaseEnded;
import org.meridian.core.event.RolloutEvent.PhaseStarted;
import org.meridian.core.event.RolloutEvent.Started;
import org.meridian.core.model.Receipt;

final class LiveViewTest {
    private static final String HIDE = "\u001b[?25l";
    private static final String SHOW = "\u001b[?25h";

    private final FakeConsole console = FakeConsole.terminal();
    private final LiveView view =
            new LiveView(console.console(), () -> new ScreenSize(40, 100), InstantSource.fixed(after(5_000)));

    @Test
    void it_draws_a_block_scrolls_what_is_over_and_leaves_the_terminal_as_it_was() {
        view.emit(new Started(Samples.START, Samples.rollout(), Samples.plan()));
        view.emit(new PhaseStarted(after(100), US, Phase.PREPARE));
        view.emit(new PhaseEnded(after(4_000), US, Phase.PREPARE, Duration.ofMillis(3_900)));
        view.emit(new Finished(after(81_250), Samples.receipt(Receipt.Outcome.DEPLOYED)));
        view.close();

        assertThat(console.out())
                .contains(HIDE, "deploy r2 (journal:v2) from r1  5.0s")
                .contains("   4.0s  us  ✓ prepared in 3.9s\n", "✓ Deployed r1 -> r2")
                .doesNotContain("prepare begins")
                .endsWith(SHOW);
    }

    @Test
    void a_command_without_a_rollout_touches_neither_cursor_nor_block() {
        view.show(new Report.Done("Retired nothing."));
        view.close();
        assertThat(console.out()).isEqualTo("Retired nothing.\n");
    }

    @Test
    void closing_in_the_middle_shows_the_cursor_again_and_twice_does_no_harm() {
        view.emit(new Started(Samples.START, Samples.rollout(), Samples.plan()));
        view.close();
        view.close();
        assertThat(console.out()).contains(HIDE).endsWith(SHOW).containsOnlyOnce(SHOW);
    }
}
