package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.Samples;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;

/** What deploy does beside a rollout: staying for keep_previous, and asking what is meant. */
final class DeployOptionsTest {
    private final FakeMeridian meridian = new FakeMeridian();
    private final FakeConsole console = FakeConsole.pipe();

    @Test
    void without_wait_it_ends_with_the_receipt() {
        assertThat(run(console, "deploy")).isZero();
        assertThat(meridian.calls()).doesNotContain("bake");
    }

    @ParameterizedTest
    @CsvSource({"DEPLOYED, 0, true", "UNCHANGED, 0, true", "ROLLED_BACK, 1, false", "PAUSED, 3, false"})
    void it_stays_for_keep_previous_only_after_a_deploy_that_is_done(Receipt.Outcome outcome, int code, boolean stays) {
        assertThat(run(console, outcome, "deploy", "--wait")).isEqualTo(code);
        assertThat(meridian.calls().contains("bake")).isEqualTo(stays);
    }

    @Test
    void an_interruption_ends_the_waiting_and_is_no_failure_of_the_deploy() {
        meridian.bakes(() -> {
            throw new InterruptedException();
        });
        assertThat(run(console, "deploy", "--wait")).isZero();
        assertThat(console.err()).contains("The deploy is done; only the waiting ended.", "'meridian retire'");
    }

    @Test
    void a_former_fleet_that_cannot_be_retired_is_a_failure_that_says_what_is_done() {
        meridian.bakes(() -> {
            throw Failure.locked(Diagnostic.of("locked", "somebody else is at work", "Wait."));
        });
        assertThat(run(console, "deploy", "--wait")).isEqualTo(4);
        assertThat(console.err()).contains("The deploy is done", "somebody else is at work");
    }

    @Test
    void abandon_interrupted_is_passed_on() {
        run(console, "deploy", "--abandon-interrupted");
        assertThat(meridian.calls().getFirst()).contains("abandonInterrupted=true");
    }

    @Test
    void where_nobody_can_be_asked_another_rollout_that_did_not_end_is_told_and_nothing_is_done() {
        refusesOnce();
        assertThat(run(console, "deploy")).isEqualTo(2);
        assertThat(console.err()).contains("the rollout to r2 did not end").doesNotContain("What is meant?");
    }

    @Test
    void a_person_may_say_that_it_is_to_be_undone() {
        refusesOnce();
        var person = FakeConsole.person("y\nu\ny");

        assertThat(run(person, "deploy")).isZero();

        assertThat(person.err()).contains("What is meant? [f/u/S]");
        assertThat(meridian.calls())
                .filteredOn(call -> call.startsWith("deploy"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("abandonInterrupted=false"),
                        second -> assertThat(second).contains("abandonInterrupted=true"));
    }

    @ParameterizedTest
    @CsvSource({"f, true", "s, false", "'', false"})
    void a_person_may_finish_it_first_or_stop(String typed, boolean told) {
        refusesOnce();
        var person = FakeConsole.person("y\n" + typed);

        assertThat(run(person, "deploy")).isEqualTo(130);

        assertThat(person.err().contains("Run 'meridian deploy --image journal:v2'"))
                .isEqualTo(told);
        assertThat(person.err()).contains("Nothing was changed.");
    }

    private void refusesOnce() {
        var runs = new AtomicInteger();
        meridian.is(Samples.cutOff());
        meridian.rollsOut(events -> {
            if (runs.getAndIncrement() == 0) {
                throw Failure.usage(
                        Diagnostic.of("interrupted-other", "the rollout to r2 did not end", "Say what is meant."));
            }
            return Samples.receipt(Receipt.Outcome.DEPLOYED);
        });
    }

    private int run(FakeConsole where, Receipt.Outcome outcome, String... args) {
        meridian.ends(outcome);
        return run(where, args);
    }

    private int run(FakeConsole where, String... args) {
        return CommandLineRun.of(meridian, where, args);
    }
}
