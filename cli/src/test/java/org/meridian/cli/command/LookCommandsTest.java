package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.cli.ExitCode;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.FakeProcess;
import org.meridian.cli.view.LogLines;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;
import org.meridian.testkit.simulation.SimulatedApps;

/** logs, exec, run, console, top and audit. */
@Timeout(600)
final class LookCommandsTest {
    private static final LogLine LINE = new LogLine(
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            SimulatedApps.EU,
            new ServerName("journal-eu-r2-1"),
            "web",
            new ReleaseId(2),
            "GET /\u001b[2J\u0007 \"ü\"\u202e 500");

    private final FakeMeridian meridian = new FakeMeridian();
    private FakeConsole console = FakeConsole.pipe();

    @Test
    void a_line_of_a_log_can_do_nothing_to_a_terminal() {
        console = FakeConsole.colours();
        assertThat(run("logs")).isEqualTo(ExitCode.DONE);
        assertThat(console.out()).contains("GET /^[[2J^G \"ü\"\\u202e 500").contains("03:04:05.678");
        assertThat(console.out()).containsPattern("\u001b\\[3[0-9]m *eu +r2-1 web\u001b");
    }

    @Test
    void elsewhere_a_line_has_its_whole_time_and_server_and_no_colour() {
        assertThat(run("logs", "--tail", "7")).isEqualTo(ExitCode.DONE);
        assertThat(console.out())
                .isEqualTo("2026-01-02T03:04:05.678Z eu journal-eu-r2-1 web GET /^[[2J^G \"ü\"\\u202e 500\n");
        assertThat(console.err())
                .contains("-- journal-eu-r2-1: gone")
                .contains("-- 1234 lines skipped: they come faster than they are shown");
        assertThat(meridian.calls()).anyMatch(call -> call.contains("tail=7, follow=false"));
    }

    @Test
    void as_json_a_line_is_an_object_and_so_is_what_is_missing() {
        assertThat(run("logs", "--json", "--grep", "500")).isEqualTo(ExitCode.DONE);
        assertThat(console.out().lines().toList().getFirst())
                .isEqualTo("{\"event\":\"line\",\"at\":\"2026-01-02T03:04:05.678901Z\",\"region\":\"eu\","
                        + "\"server\":\"journal-eu-r2-1\",\"service\":\"web\",\"release\":\"r2\","
                        + "\"text\":\"GET /\\u001B[2J\\u0007 \\\"\\u00FC\\\"\\u202E 500\"}");
        assertThat(console.out()).contains("{\"event\":\"skipped\",\"lines\":1234}");
    }

    @Test
    void lines_without_what_is_looked_for_are_left_out() {
        assertThat(run("logs", "--grep", "50[1-9]", "--since", "2026-01-01T00:00:00Z"))
                .isEqualTo(ExitCode.DONE);
        assertThat(console.out()).isEmpty();
        assertThat(meridian.calls())
                .anyMatch(call -> call.contains("since=Optional[2026-01-01T00:00:00Z]")
                        && call.contains("tail=" + Integer.MAX_VALUE));
    }

    @Test
    void only_a_terminal_skips_lines() {
        console = FakeConsole.colours();
        run("logs", "-f");
        assertThat(meridian.calls()).anyMatch(call -> call.endsWith("skipping after PT2S"));
        console = FakeConsole.pipe();
        meridian.calls().clear();
        run("logs", "-f");
        assertThat(meridian.calls()).noneMatch(call -> call.contains("skipping"));
    }

    @Test
    void exec_passes_streams_and_the_exit_code_on() {
        console = FakeConsole.pipe("typed\n");
        meridian.runs(new FakeProcess(42, "said ", "complained"));

        assertThat(run("exec", "--service", "web", "sh", "-c", "exit 42")).isEqualTo(42);

        assertThat(console.out()).isEqualTo("said typed\n");
        assertThat(console.err()).isEqualTo("complained");
        assertThat(meridian.calls()).contains("begin exec [sh, -c, exit 42]", "start on journal-eu-r2-1");
    }

    @Test
    void exec_everywhere_groups_the_output_by_server_and_ends_with_the_highest_exit_code() {
        meridian.runs(new FakeProcess(3, "load\u001b[0m 1\n", ""));

        assertThat(run("exec", "--all", "--", "cat", "/proc/loadavg")).isEqualTo(3);

        assertThat(console.out()).isEqualTo("""
                journal-eu-r2-1  eu, r2  exit 3
                load^[[0m 1
                journal-us-r2-1  us, r2  exit 3
                load^[[0m 1
                """);
    }

    @Test
    void run_and_console_say_what_they_are() {
        assertThat(run("run", "--", "env")).isEqualTo(ExitCode.DONE);
        assertThat(meridian.calls()).contains("begin run [env]");

        assertThat(run("console")).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("the configuration has no console", "bin/rails console");
    }

    @Test
    void top_is_a_table_or_an_object() {
        assertThat(run("top")).isEqualTo(ExitCode.DONE);
        assertThat(console.out()).contains("journal-eu-r2-1", "512M 50%", "web", "healthy");
        assertThat(console.out().lines().filter(line -> line.contains("journal-eu-r2-1")))
                .singleElement()
                .asString()
                .containsSubsequence("50", "1.00%", "5.6ms", "55ms", "91ms");
        assertThat(console.out()).contains("journal-us-r2-1: no SSH connection");
        console = FakeConsole.pipe();
        assertThat(run("top", "--json")).isEqualTo(ExitCode.DONE);
        assertThat(console.out())
                .contains("\"memory\":{\"used_bytes\":536870912,\"total_bytes\":1073741824}")
                .contains("\"processes\":[{\"pid\":12,\"user\":\"root\",\"command\":\"java\"}]")
                .contains("\"requests_per_second\":50.0,\"error_percent\":1.0,\"p50_ms\":5.56")
                .contains("\"requests_per_second\":null,\"error_percent\":null,\"p50_ms\":null")
                .contains("\"cpu_percent\":null");
    }

    @Test
    void audit_shows_who_did_what_and_nothing_of_it_acts() {
        assertThat(run("audit", "--last", "3")).isEqualTo(ExitCode.DONE);
        assertThat(console.out()).contains("ann@laptop", "exec", "journal-eu-r2-1", "web: echo ^[[31m");
        assertThat(meridian.calls()).contains("audit 3");
        console = FakeConsole.pipe();
        run("audit", "--json");
        assertThat(console.out()).contains("{\"entries\":[{\"at\":", "\"who\":\"ann@laptop\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logs",
                "logs -f",
                "logs --json",
                "top",
                "top --json",
                "audit",
                "schema",
                "version",
                "--help",
                "-V"
            })
    void a_command_whose_output_can_not_be_written_says_so_and_does_not_exit_with_0(String line) {
        console = FakeConsole.full();

        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.NEEDS_PERSON);

        assertThat(console.err()).containsOnlyOnce("standard output can't be written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs -f", "logs --json", "top", "schema", "--help", "exec --service web yes"})
    void a_command_whose_reader_has_seen_enough_ends_as_if_nothing_were(String line) {
        console = FakeConsole.unread();
        meridian.runs(new FakeProcess(0, "said", ""));

        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.DONE);

        assertThat(console.err()).isEmpty();
    }

    @Test
    void following_logs_ends_when_nobody_reads_them_any_more() {
        var lines = new LogLines(FakeConsole.unread().console(), false, List.of(SimulatedApps.EU));

        assertThatThrownBy(() -> lines.line(LINE)).hasMessageContaining("nobody reads standard output");
    }

    @Test
    void a_command_there_ends_when_what_it_prints_can_not_be_written() {
        console = FakeConsole.full();
        meridian.runs(new FakeProcess(0, "said", ""));

        assertThat(run("exec", "--service", "web", "yes")).isEqualTo(ExitCode.NEEDS_PERSON);

        assertThat(console.err()).contains("standard output can't be written");
    }

    private int run(String... args) {
        return CommandLineRun.of(meridian.logs(LINE), console, args);
    }
}
