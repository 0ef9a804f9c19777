package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;

final class UsageTest {
    private final FakeMeridian meridian = new FakeMeridian();
    private final FakeConsole console = FakeConsole.pipe();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dploy",
                "deploy --tga v2",
                "deploy v2",
                "deploy --image a --tag b",
                "deploy --region EU",
                "rollback --to 5",
                "scale eu",
                "scale eu=many",
                "scale EU=3",
                "completion fish",
                "deploy --wait-for-lock ten",
                "retire --wait-for-lock 10",
                "journal x",
                "simulate --runs 0",
                "simulate --runs many",
                "simulate --load 0%",
                "simulate --load 120%",
                "simulate --boot soon",
                "simulate --seed x",
                "lock acquire",
                "lock relase",
                "ci",
                "ci github",
                "secrets lst",
                "secrets show",
                "exec",
                "exec --all",
                "run",
                "console --all",
                "logs --since yesterday",
                "logs --grep [",
                "logs --tail -1",
                "audit --last 0",
                "ui --port many",
                "plan -c"
            })
    void a_wrong_command_line_exits_with_2_in_a_few_plain_lines_and_does_nothing(String line) {
        assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(console.out()).isEmpty();
        assertThat(console.err()).startsWith("error: ").contains("--help").doesNotContain("\tat ", "Exception");
        assertThat(console.err().lines().count()).isLessThanOrEqualTo(4);
        assertThat(meridian.calls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void an_error_that_nobody_expected_is_one_line_and_asks_for_a_person(Error crash) {
        Meridian.Opener broken = (file, events) -> {
            throw crash;
        };

        assertThat(CommandLineRun.of(broken, console, "status")).isEqualTo(ExitCode.NEEDS_PERSON);

        assertThat(console.err().lines()).hasSize(2).first().asString().startsWith("error: ");
        assertThat(console.err()).doesNotContain("\tat ");
    }

    static Stream<Error> crashes() {
        return Stream.of(
                new StackOverflowError(), new OutOfMemoryError("Java heap space"), new NoClassDefFoundError("a/B"));
    }

    @Test
    void an_argument_that_begins_with_an_at_sign_is_no_file() {
        assertThat(run("deploy", "@/dev/zero")).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("'@/dev/zero'");
    }

    @Test
    void a_command_that_does_not_exist_is_answered_with_one_that_does() {
        run("dploy");
        assertThat(console.err()).contains("-> Did you mean deploy");
    }

    @Test
    void an_option_that_does_not_exist_is_answered_with_one_that_does() {
        run("deploy", "--imag=x");
        assertThat(console.err()).contains("Unknown option: '--imag=x'").contains("Did you mean --image");
    }

    @Test
    void what_is_wrong_with_a_release_is_told_in_its_own_words() {
        run("rollback", "--to", "5");
        assertThat(console.err()).contains("'5' is not a release: write r and its number, such as r12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "build",
                "ci",
                "ci github",
                "plan",
                "simulate",
                "deploy",
                "rollback",
                "scale",
                "promote",
                "abort",
                "status",
                "journal",
                "lock",
                "lock status",
                "lock acquire",
                "lock release",
                "releases",
                "logs",
                "exec",
                "run",
                "console",
                "top",
                "audit",
                "servers",
                "secrets",
                "secrets list",
                "secrets diff",
                "keys",
                "keys rotate",
                "retire",
                "destroy",
                "ui",
                "doctor",
                "schema",
                "completion",
                "version"
            })
    void every_command_has_help_with_a_description_and_examples(String command) {
        assertThat(run((command + " --help").split(" "))).isEqualTo(ExitCode.DONE);
        assertThat(console.out()).contains("Usage: meridian " + command, "Examples:", "  meridian " + command);
        assertThat(console.out()
                        .lines()
                        .skip(1)
                        .filter(line -> line.endsWith("."))
                        .toList())
                .isNotEmpty();
    }

    @Test
    void the_main_help_lists_every_command() {
        assertThat(run("--help")).isEqualTo(ExitCode.DONE);
        for (String command : List.of("init", "plan", "deploy", "rollback", "status", "doctor", "completion")) {
            assertThat(console.out()).containsPattern("\n  " + command + " +[A-Z]");
        }
    }

    @Test
    void the_version_is_the_projects() {
        assertThat(run("--version")).isEqualTo(ExitCode.DONE);
        assertThat(console.out()).matches("meridian \\d+\\.\\d+\\.\\d+ \\(Java \\d+.*\\)\n");
    }

    @Test
    void the_bash_completion_script_knows_commands_and_options() {
        assertThat(run("completion", "bash")).isEqualTo(ExitCode.DONE);
        assertThat(console.out())
                .startsWith("#!")
                .contains(
                        "rollback",
                        "--region",
                        "acquire",
                        "--wait-for-lock",
                        "--abandon-interrupted",
                        "promote",
                        "scale");
    }

    private int run(String... args) {
        return CommandLineRun.of(meridian, console, args);
    }
}
