package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;

final class DestroyCommandTest {
    private final FakeMeridian meridian = new FakeMeridian();

    @Test
    void without_a_terminal_it_refuses() {
        var console = FakeConsole.pipe();

        assertThat(CommandLineRun.of(meridian, console, "destroy")).isEqualTo(2);

        assertThat(console.err()).contains("there is no terminal to ask on").contains("--yes");
        assertThat(meridian.calls()).doesNotContain("destroy");
    }

    @Test
    void a_yes_is_not_enough_the_name_has_to_be_typed() {
        assertThat(CommandLineRun.of(meridian, FakeConsole.person("y"), "destroy"))
                .isEqualTo(130);
        assertThat(meridian.calls()).doesNotContain("destroy");
    }

    @Test
    void the_name_destroys() {
        var console = FakeConsole.person("journal");

        assertThat(CommandLineRun.of(meridian, console, "destroy")).isZero();

        assertThat(meridian.calls()).contains("destroy");
        assertThat(console.out()).contains("journal-eu-r2-1", "Destroyed everything of journal.");
    }

    @Test
    void yes_needs_no_terminal() {
        assertThat(CommandLineRun.of(meridian, FakeConsole.pipe(), "destroy", "--yes"))
                .isZero();
        assertThat(meridian.calls()).contains("destroy");
    }
}
