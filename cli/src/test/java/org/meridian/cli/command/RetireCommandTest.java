package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.Samples;

final class RetireCommandTest {
    private final FakeMeridian meridian = new FakeMeridian();
    private final FakeConsole console = FakeConsole.pipe();

    @Test
    void retire_removes_what_is_due_and_no_orphans() {
        meridian.hasOrphans(Samples.orphan());
        assertThat(run(console, "retire")).isZero();
        assertThat(console.out()).isEqualTo("Done: journal-eu-r1-1.\n");
        assertThat(meridian.calls()).doesNotContain("retire orphans");
    }

    @Test
    void orphans_are_listed_asked_for_and_removed() {
        meridian.hasOrphans(Samples.orphan());
        var person = FakeConsole.person("y");

        assertThat(run(person, "retire", "--orphans")).isZero();

        assertThat(person.out()).contains("journal-us-r9-1", "Done: journal-us-r9-1.");
        assertThat(person.err()).contains("Destroy it? [y/N]");
    }

    @Test
    void orphans_are_never_removed_in_silence() {
        meridian.hasOrphans(Samples.orphan());
        assertThat(run(console, "retire", "--orphans")).isEqualTo(2);
        assertThat(run(FakeConsole.person("n"), "retire", "--orphans")).isEqualTo(130);
        assertThat(meridian.calls()).doesNotContain("retire orphans");
    }

    @Test
    void without_orphans_nobody_is_asked() {
        assertThat(run(console, "retire", "--orphans")).isZero();
        assertThat(console.out()).isEqualTo("No orphans: a release accounts for every server.\n");
    }

    private int run(FakeConsole where, String... args) {
        return CommandLineRun.of(meridian, where, args);
    }
}
