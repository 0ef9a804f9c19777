package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.Samples;
import org.meridian.core.spi.StateStore.Holder;

final class LockCommandTest {
    private static final Holder KEPT = new Holder("ops@lab", "lock acquire", Samples.START, "maintenance", true);

    private final FakeMeridian meridian = new FakeMeridian();
    private final FakeConsole console = FakeConsole.pipe();

    @Test
    void nobody_has_it() {
        assertThat(run("lock")).isZero();
        assertThat(console.out()).isEqualTo("Nobody holds the lock.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "lock status", "lock status -c other.yml"})
    void its_holder_is_named_with_the_message(String line) {
        meridian.lockedBy(KEPT);
        assertThat(run(line)).isZero();
        assertThat(console.out())
                .startsWith("locked by ops@lab: lock acquire, since ")
                .contains("(\"maintenance\")", "until 'meridian lock release'");
    }

    @Test
    void programs_read_it_as_json() {
        meridian.lockedBy(KEPT);
        run("lock status --json");
        assertThat(console.out().replace('"', '\''))
                .isEqualTo("{'locked':{'by':'ops@lab','what':'lock acquire','since':'2026-11-23T10:00:00Z',"
                        + "'message':'maintenance','kept':true}}\n");
    }

    @Test
    void it_is_acquired_with_a_message_after_a_wait() {
        assertThat(run("lock acquire --message maintenance --wait-for-lock 10m"))
                .isZero();
        assertThat(meridian.calls()).containsExactly("waits PT10M", "acquire maintenance", "close");
    }

    @Test
    void releasing_says_whose_it_was_and_asks_first() {
        meridian.lockedBy(KEPT);
        var person = FakeConsole.person("y");

        assertThat(CommandLineRun.of(meridian, person, "lock", "release")).isZero();

        assertThat(person.out()).contains("locked by ops@lab", "Released the lock of ops@lab.");
        assertThat(person.err()).contains("Release it? [y/N]");
    }

    @Test
    void a_commands_lock_is_not_taken_away_without_a_warning() {
        meridian.lockedBy(new Holder("ops@lab", "deploy", Samples.START));
        var person = FakeConsole.person("n");

        assertThat(CommandLineRun.of(meridian, person, "lock", "release")).isEqualTo(130);

        assertThat(person.err()).contains("may still run", "Nothing was changed.");
        assertThat(meridian.calls()).doesNotContain("release");
    }

    @Test
    void where_nobody_can_be_asked_it_needs_a_yes() {
        meridian.lockedBy(KEPT);
        assertThat(run("lock release")).isEqualTo(2);
        assertThat(meridian.calls()).doesNotContain("release");
        assertThat(run("lock release --yes")).isZero();
        assertThat(meridian.calls()).contains("release");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "rollback", "retire", "destroy --yes"})
    void every_command_that_locks_can_wait_for_it(String line) {
        assertThat(run(line + " --wait-for-lock 90s")).isZero();
        assertThat(meridian.calls()).first().isEqualTo("waits PT1M30S");
    }

    private int run(String line) {
        return CommandLineRun.of(meridian, console, line.split(" "));
    }
}
