package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** Promote and abort. */
final class AnswerCommandTest {
    private final FakeMeridian meridian = new FakeMeridian();
    private final FakeConsole console = FakeConsole.pipe();

    @Test
    void promote_answers_the_rollout_that_is_under_way() {
        assertThat(run(console, "promote")).isZero();
        assertThat(meridian.calls()).contains("answer 7 PROMOTE");
        assertThat(console.out()).isEqualTo("Approved r2: the primary eu moves once every other region serves it.\n");
    }

    @Test
    void abort_says_what_will_happen_and_asks_first() {
        var person = FakeConsole.person("y");
        assertThat(run(person, "abort")).isZero();
        assertThat(person.err()).contains("Abort the rollout to r2? Every region goes back to r1. [y/N]");
        assertThat(meridian.calls()).contains("answer 7 ABORT");
    }

    @Test
    void a_no_does_not_abort() {
        assertThat(run(FakeConsole.person("n"), "abort")).isEqualTo(130);
        assertThat(meridian.calls()).containsExactly("close");
    }

    @Test
    void abort_asks_nobody_with_yes_and_in_a_pipe() {
        assertThat(run(FakeConsole.person("n"), "abort", "--yes")).isZero();
        assertThat(run(console, "abort")).isZero();
        assertThat(meridian.calls()).containsOnly("answer 7 ABORT", "close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"promote", "abort"})
    void without_a_rollout_there_is_nothing_to_answer(String command) {
        meridian.idle(Failure.usage(Diagnostic.of("nothing-under-way", "no rollout is under way", "Look.")));
        assertThat(run(console, command)).isEqualTo(2);
        assertThat(console.err()).isEqualTo("error: no rollout is under way\n  -> Look.\n");
        assertThat(meridian.calls()).containsExactly("close");
    }

    private int run(FakeConsole where, String... args) {
        return CommandLineRun.of(meridian, where, args);
    }
}
