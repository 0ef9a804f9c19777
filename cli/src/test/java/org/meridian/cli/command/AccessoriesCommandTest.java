package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.cli.ExitCode;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;

/** What people may do with services that keep data. */
final class AccessoriesCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"list", "logs", "exec", "restart", "upgrade", "backup", "restore", "remove"})
    void each_says_how_it_is_used(String command) {
        FakeConsole console = FakeConsole.pipe();

        assertThat(CommandLineRun.of(new FakeMeridian(), console, "accessories", command, "--help"))
                .isEqualTo(ExitCode.DONE);
        assertThat(console.out()).contains("Examples:").contains("meridian accessories " + command);
    }

    @Test
    void destroying_leaves_data_unless_it_is_named() {
        FakeMeridian app = new FakeMeridian();

        assertThat(CommandLineRun.of(app, FakeConsole.pipe(), "destroy", "--yes"))
                .isEqualTo(ExitCode.DONE);
        assertThat(CommandLineRun.of(app, FakeConsole.pipe(), "destroy", "--yes", "--remove-data", "db"))
                .isEqualTo(ExitCode.DONE);

        assertThat(app.calls()).contains("destroy", "destroy with db");
    }
}
