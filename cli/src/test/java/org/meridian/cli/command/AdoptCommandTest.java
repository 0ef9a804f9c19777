package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;

final class AdoptCommandTest {
    private static final String STORE = "0b1f6e0e-6f0e-4c5e-9d53-0f8e5a1c2b3d";

    private final FakeMeridian meridian = new FakeMeridian();

    @Test
    void says_whose_servers_they_are_asks_and_takes_them_over() {
        FakeConsole person = FakeConsole.person("y");

        assertThat(CommandLineRun.of(meridian, person, "adopt", STORE)).isZero();

        assertThat(person.err()).contains("ann@laptop");
        assertThat(meridian.calls()).contains("adopt " + STORE);
    }

    @Test
    void takes_nothing_over_in_silence() {
        assertThat(CommandLineRun.of(meridian, FakeConsole.pipe(), "adopt", STORE))
                .isEqualTo(2);
        assertThat(meridian.calls()).doesNotContain("adopt " + STORE);
    }
}
