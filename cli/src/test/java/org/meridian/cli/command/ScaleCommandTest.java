package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.cli.ExitCode;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.Samples;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt.Outcome;

final class ScaleCommandTest {
    private static final String TEXT = """
            app: journal
            image: journal
            regions:
              eu: { provider: local, location: DE, servers: 2 }   # for now
            serve: { service: web, port: 3000 }
            """;

    private final FakeMeridian meridian =
            new FakeMeridian().plans(Samples.scaling()).ends(Outcome.SCALED);

    private Path directory = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void writeTheConfiguration(@TempDir Path fresh) throws IOException {
        directory = fresh;
        Files.writeString(directory.resolve("compose.yaml"), """
                services: { web: { image: journal, ports: ["3000:3000"] } }
                """);
        file = Files.writeString(directory.resolve("meridian.yml"), TEXT);
    }

    @Test
    void a_person_sees_which_regions_get_more_servers_and_is_asked() {
        var console = FakeConsole.person("y");

        assertThat(scale(console)).isEqualTo(ExitCode.DONE);

        assertThat(console.out())
                .contains(
                        "Plan: scale eu: 2 -> 3, us: 3 -> 2 (r2, journal:v2)",
                        "eu  2 -> 3 servers",
                        "+ create  journal-eu-r2-3",
                        "- retire  journal-us-r2-3",
                        "scale eu, us",
                        "drain and retire what is over in us",
                        "Scaled r2");
        assertThat(console.err()).contains("Go on?");
    }

    @Test
    void the_number_is_written_once_it_is_agreed_to() {
        var console = FakeConsole.pipe();

        assertThat(scale(console, "eu=3")).isEqualTo(ExitCode.DONE);

        assertThat(file).hasContent(TEXT.replace("servers: 2", "servers: 3"));
        assertThat(console.err()).contains("meridian.yml says now: eu 3.").doesNotContain("goes on with");
    }

    @Test
    void a_no_leaves_the_file_alone() {
        assertThat(scale(FakeConsole.person("n"), "eu=3")).isEqualTo(ExitCode.INTERRUPTED);

        assertThat(file).hasContent(TEXT);
    }

    @Test
    void what_is_put_back_is_put_back_in_the_file() {
        var console = FakeConsole.pipe();
        meridian.ends(Outcome.ROLLED_BACK);

        assertThat(scale(console, "eu=3")).isEqualTo(ExitCode.FAILED);

        assertThat(file).hasContent(TEXT);
        assertThat(console.err()).contains("meridian.yml says again what it said before.");
    }

    @Test
    void what_waits_for_a_person_stays_in_the_file_and_is_told() {
        var console = FakeConsole.pipe();
        meridian.ends(Outcome.FAILED);

        assertThat(scale(console, "eu=3")).isEqualTo(ExitCode.NEEDS_PERSON);

        assertThat(Files.exists(file)).isTrue();
        assertThat(console.err()).contains("meridian.yml says eu 3, which 'meridian scale' goes on with.");
    }

    @Test
    void what_ends_before_it_began_is_told_too() {
        var console = FakeConsole.pipe();
        meridian.rollsOut(events -> {
            throw Failure.needsPerson(Diagnostic.of("lock-lost", "the lock is gone", "See 'meridian status'."));
        });

        assertThat(scale(console, "eu=3")).isEqualTo(ExitCode.NEEDS_PERSON);

        assertThat(console.err()).contains("error: the lock is gone", "which 'meridian scale' goes on with.");
    }

    @Test
    void a_number_that_can_not_stand_there_touches_nothing() {
        var console = FakeConsole.pipe();

        assertThat(scale(console, "eu=0", "uk=1")).isEqualTo(ExitCode.USAGE);

        assertThat(console.err()).contains("eu=0 is outside 1 to 1000", "there is no region 'uk'");
        assertThat(meridian.calls()).containsExactly("close");
        assertThat(file).hasContent(TEXT);
    }

    @Test
    void the_plan_as_json_has_the_numbers() {
        var console = FakeConsole.pipe();

        scale(console, "--json");

        assertThat(console.out())
                .contains("\"kind\":\"scale\"", "\"servers\":3,\"servers_before\":2", "\"outcome\":\"scaled\"");
    }

    private int scale(FakeConsole console, String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "scale";
        args[1] = "-c";
        args[2] = file.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return CommandLineRun.of(meridian, console, args);
    }
}
