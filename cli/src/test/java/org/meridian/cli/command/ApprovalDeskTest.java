package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.cli.fake.Samples.after;
import static org.meridian.testkit.simulation.SimulatedApps.EU;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.Samples;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent.ApprovalNeeded;
import org.meridian.core.model.Receipt;

@Timeout(600)
final class ApprovalDeskTest {
    private static final String QUESTION = "Move the primary eu to r2? [y = promote, n = abort]";

    private final FakeMeridian meridian = new FakeMeridian();

    @ParameterizedTest
    @CsvSource({"y, PROMOTE", "n, ABORT", "what, ''"})
    void what_is_typed_while_the_deploy_waits_is_the_answer(String typed, String verdict) {
        var person = FakeConsole.person(verdict.isEmpty() ? typed + "\ny" : typed);
        waitsForApproval();

        assertThat(CommandLineRun.of(meridian, person, "deploy", "--yes")).isZero();

        assertThat(person.err()).contains(QUESTION);
        assertThat(meridian.calls()).contains("answer 7 " + (verdict.isEmpty() ? "PROMOTE" : verdict));
    }

    @Test
    void what_is_no_answer_is_asked_again() {
        var person = FakeConsole.person("perhaps\ny");
        waitsForApproval();

        CommandLineRun.of(meridian, person, "deploy", "--yes");

        assertThat(person.err()).containsSubsequence(QUESTION, "Type y to let the primary move", QUESTION);
    }

    @Test
    void where_no_terminal_is_nobody_is_asked_and_the_text_says_how_to_answer() {
        var pipe = FakeConsole.pipe();
        meridian.rollsOut(events -> {
            ask(events);
            return Samples.receipt(Receipt.Outcome.DEPLOYED);
        });

        assertThat(CommandLineRun.of(meridian, pipe, "deploy")).isZero();

        assertThat(pipe.err()).isEmpty();
        assertThat(pipe.out()).contains("the primary eu waits for approval, at most 1h", "'meridian promote'");
    }

    private void waitsForApproval() {
        meridian.rollsOut(events -> {
            ask(events);
            meridian.awaitAnswer();
            return Samples.receipt(Receipt.Outcome.DEPLOYED);
        });
    }

    private static void ask(EventSink events) {
        events.emit(new ApprovalNeeded(after(1_000), 7, EU, Duration.ofHours(1)));
    }
}
