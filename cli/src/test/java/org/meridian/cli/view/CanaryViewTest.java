package org.meridian.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.cli.fake.Samples.after;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.Samples;
import org.meridian.core.canary.Sample;
import org.meridian.core.canary.Verdict;
import org.meridian.core.canary.Verdict.Decision;
import org.meridian.core.event.RolloutEvent.Answered;
import org.meridian.core.event.RolloutEvent.ApprovalNeeded;
import org.meridian.core.event.RolloutEvent.Finished;
import org.meridian.core.event.RolloutEvent.Judged;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.PhaseStarted;
import org.meridian.core.event.RolloutEvent.Shifted;
import org.meridian.core.event.RolloutEvent.Started;
import org.meridian.core.event.RolloutEvent.Waiting;
import org.meridian.core.model.Answer;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Weight;

/** Canaries, approvals and rollouts that stop in mid-way, in every view. */
final class CanaryViewTest {
    private static final ScreenSize WIDE = new ScreenSize(40, 120);

    private final FakeConsole console = FakeConsole.pipe();

    @Test
    void plain_lines_tell_the_share_the_verdict_and_why() {
        var view = new PlainView(console.console());
        view.emit(new Shifted(after(0), US, Samples.R2, new Weight(10)));
        view.emit(judged(Decision.UNDECIDED, "12 requests are too few"));
        view.emit(judged(Decision.GOOD, "0 of 300 failed"));
        view.emit(judged(Decision.BAD, "30 of 300 failed"));

        assertThat(console.out().lines().map(String::strip))
                .containsExactly(
                        "0.0s  us        traffic on r2 at 10%",
                        "1.0s  us        ! canary at 10% is undecided: 12 requests are too few",
                        "1.0s  us        ✓ canary at 10% is good: 0 of 300 failed",
                        "1.0s  us        ✗ canary at 10% is bad: 30 of 300 failed");
    }

    @Test
    void plain_lines_tell_who_is_waited_for_and_what_was_said() {
        var view = new PlainView(console.console());
        view.emit(new ApprovalNeeded(after(0), 7, EU, Duration.ofHours(1)));
        view.emit(new Answered(after(1_000), answer(Answer.Verdict.PROMOTE)));
        view.emit(new Answered(after(2_000), answer(Answer.Verdict.ABORT)));

        assertThat(console.out())
                .contains("! the primary eu waits for approval, at most 1h: 'meridian promote' or 'meridian abort'")
                .contains("ops@lab approved: the primary may move", "ops@lab aborted: every region goes back");
    }

    @Test
    void a_rollout_that_stopped_in_mid_way_says_how_to_go_on() {
        var view = new PlainView(console.console());
        view.emit(new Finished(after(81_250), Samples.receipt(Receipt.Outcome.PAUSED)));
        assertThat(console.out())
                .contains("! Paused between r1 and r2 after 1m21s: a person has to decide")
                .contains("'meridian deploy' goes on, 'meridian rollback' undoes it");
    }

    @Test
    void programs_get_the_counts_that_the_verdict_rests_on() {
        new JsonView(console.console()).emit(judged(Decision.GOOD, "fine"));
        assertThat(console.out().replace('"', '\''))
                .isEqualTo("{'event':'judged','at':'2026-11-23T10:00:01Z','region':'us','share':10,'decision':'good',"
                        + "'reason':'fine','fresh':{'requests':100,'errors':1,'p95_ms':50},"
                        + "'former':{'requests':0,'errors':0,'p95_ms':null}}\n");
    }

    @Test
    void programs_get_a_paused_receipt() {
        new JsonView(console.console()).emit(new Finished(after(0), Samples.receipt(Receipt.Outcome.PAUSED)));
        assertThat(console.out()).startsWith("{\"event\":\"receipt\",\"outcome\":\"paused\",");
    }

    @Test
    void the_live_block_shows_the_share_while_it_is_not_all_and_what_was_judged() {
        var progress = new Progress();
        progress.take(new Started(Samples.START, Samples.rollout(), Samples.plan()));
        progress.take(new PhaseStarted(after(0), US, Phase.SHIFT));
        progress.take(new Shifted(after(0), US, Samples.R2, new Weight(10)));
        assertThat(row(progress)).contains("> us  shift").endsWith("traffic on r2 at 10%");
        progress.take(judged(Decision.GOOD, "fine"));
        assertThat(row(progress)).endsWith("traffic on r2 at 10%, good");
        progress.take(new Shifted(after(2_000), US, Samples.R2, new Weight(50)));
        assertThat(row(progress)).endsWith("traffic on r2 at 50%");
        progress.take(new Shifted(after(3_000), US, Samples.R2, Weight.FULL));
        assertThat(row(progress)).endsWith("traffic on r2");
    }

    private static String row(Progress progress) {
        return new LiveBlock(Style.PLAIN)
                .lines(progress, Optional.empty(), after(2_000), WIDE)
                .get(3);
    }

    @Test
    void a_question_is_the_last_line_of_the_live_block_however_small_the_terminal() {
        var progress = new Progress();
        progress.take(new Started(Samples.START, Samples.rollout(), Samples.plan()));
        assertThat(new LiveBlock(Style.PLAIN).lines(progress, Optional.of("Go?"), after(0), new ScreenSize(3, 40)))
                .hasSize(2)
                .last()
                .isEqualTo("Go?");
    }

    @Test
    void a_line_that_is_typed_below_the_live_block_is_drawn_over() {
        FakeConsole terminal = FakeConsole.terminal();
        var view = new LiveView(terminal.console(), () -> WIDE, InstantSource.fixed(after(5_000)));
        view.emit(new Started(Samples.START, Samples.rollout(), Samples.plan()));
        view.question("Go?");
        view.questionOver(true);
        view.close();

        // A blank line, the title, three regions and the question; one more was typed.
        assertThat(terminal.out()).contains("Go?\n\r\u001b[7A\u001b[J");
    }

    @Test
    void what_is_waited_for_before_and_after_a_rollout_is_a_line() {
        FakeConsole terminal = FakeConsole.terminal();
        try (var view = new LiveView(terminal.console(), () -> WIDE, InstantSource.fixed(after(5_000)))) {
            view.emit(new Waiting(after(0), Optional.empty(), "the lock of ops@lab", Duration.ofMinutes(10)));
        }
        assertThat(terminal.out()).contains("waiting for the lock of ops@lab (at most 10m)\n");
    }

    private static Judged judged(Decision decision, String reason) {
        var latencies = new TreeMap<Duration, Long>();
        latencies.put(Duration.ofMillis(10), 90L);
        latencies.put(Duration.ofMillis(50), 96L);
        latencies.put(Duration.ofMillis(100), 100L);
        return new Judged(
                after(1_000), US, 10, new Sample(100, 1, latencies), Sample.NONE, new Verdict(decision, reason));
    }

    private static Answer answer(Answer.Verdict verdict) {
        return new Answer(7, verdict, "ops@lab", Samples.START);
    }
}
