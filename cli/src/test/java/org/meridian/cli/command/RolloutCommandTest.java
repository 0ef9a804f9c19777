package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

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

final class RolloutCommandTest {
    private static final Diagnostic PROBLEM = Diagnostic.of("no-image", "there is no image journal:v9", "Push it.");

    private final FakeMeridian meridian = new FakeMeridian();

    @ParameterizedTest
    @CsvSource({
        "deploy, DEPLOYED, 0",
        "deploy, UNCHANGED, 0",
        "deploy, ROLLED_BACK, 1",
        "deploy, FAILED, 3",
        "scale, SCALED, 0",
        "scale, UNCHANGED, 0",
        "scale, ROLLED_BACK, 1",
        "scale, FAILED, 3",
        "rollback, ROLLED_BACK, 0",
        "rollback, UNCHANGED, 0",
        "rollback, FAILED, 3"
    })
    void the_exit_code_tells_how_it_ended(String command, Receipt.Outcome outcome, int code) {
        assertThat(CommandLineRun.of(meridian.ends(outcome), FakeConsole.pipe(), command))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, 1", "NEEDS_PERSON, 3", "USAGE, 2", "LOCKED, 4"})
    void a_failure_is_told_and_its_kind_is_the_exit_code(Failure.Kind kind, int code) {
        var console = FakeConsole.pipe();
        meridian.rollsOut(events -> {
            throw failure(kind);
        });

        assertThat(CommandLineRun.of(meridian, console, "deploy")).isEqualTo(code);

        assertThat(console.err()).isEqualTo("error: there is no image journal:v9\n  -> Push it.\n");
        assertThat(meridian.calls()).endsWith("close");
    }

    private static Failure failure(Failure.Kind kind) {
        return switch (kind) {
            case FAILED, NO_ANSWER -> Failure.of(PROBLEM);
            case NEEDS_PERSON -> Failure.needsPerson(PROBLEM);
            case USAGE -> Failure.usage(PROBLEM);
            case LOCKED -> Failure.locked(PROBLEM);
        };
    }

    @Test
    void what_nobody_expected_is_called_a_bug_without_a_trace() {
        var console = FakeConsole.pipe();
        meridian.rollsOut(events -> {
            throw new IllegalStateException("the moon");
        });

        assertThat(CommandLineRun.of(meridian, console, "deploy")).isEqualTo(3);

        assertThat(console.err())
                .contains("error: this is a bug in Meridian (IllegalStateException: the moon)", "--verbose")
                .doesNotContain("\tat ");
    }

    @Test
    void verbose_shows_the_trace() {
        var console = FakeConsole.pipe();
        meridian.rollsOut(events -> {
            throw new IllegalStateException("the moon");
        });

        CommandLineRun.of(meridian, console, "deploy", "--verbose");

        assertThat(console.err()).contains("\tat org.meridian");
    }

    @Test
    void the_arguments_arrive() {
        CommandLineRun.of(meridian, FakeConsole.pipe(), "deploy", "--tag", "v2", "--region", "us", "-r", "ap", "--yes");
        CommandLineRun.of(meridian, FakeConsole.pipe(), "rollback", "--to", "r1");

        assertThat(meridian.calls().getFirst()).contains("tag=Optional[v2]", "us", "ap");
        assertThat(meridian.calls()).contains("rollback r1");
    }

    @Test
    void a_person_is_shown_the_plan_and_asked() {
        var console = FakeConsole.person("y");

        assertThat(CommandLineRun.of(meridian, console, "deploy")).isZero();

        assertThat(console.out()).contains("Plan: deploy r2 (journal:v2) from r1");
        assertThat(console.err()).contains("Go on? [y/N]");
    }

    @ParameterizedTest
    @CsvSource({"n", "''", "yup"})
    void anything_but_yes_changes_nothing_and_does_not_look_like_an_end(String answer) {
        var console = FakeConsole.person(answer);

        assertThat(CommandLineRun.of(meridian, console, "rollback")).isEqualTo(130);

        assertThat(console.err()).contains("Nothing was changed.");
        assertThat(console.out()).doesNotContain("Rolled back");
        assertThat(meridian.calls()).containsExactly("close");
    }

    @Test
    void nobody_is_asked_with_yes_in_a_pipe_as_json_or_where_nothing_is_to_do() {
        assertThat(asked(FakeConsole.person("n"), "deploy", "--yes")).isFalse();
        assertThat(asked(FakeConsole.pipe(), "deploy")).isFalse();
        assertThat(asked(FakeConsole.person("n"), "deploy", "--json")).isFalse();
        meridian.plans(Samples.nothing());
        assertThat(asked(FakeConsole.person("n"), "deploy")).isFalse();
    }

    private boolean asked(FakeConsole console, String... args) {
        assertThat(CommandLineRun.of(meridian, console, args)).isZero();
        return console.err().contains("?");
    }
}
