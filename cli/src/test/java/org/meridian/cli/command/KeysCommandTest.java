package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.cli.ExitCode;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.KeyRotation.Phase;
import org.meridian.core.operation.KeyReport;
import org.meridian.core.operation.RotationResult;

final class KeysCommandTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUl7uPzrKsbVsHvXGlOZ1TYUNzZsJqWcJjvDkm0ePCF";

    private static final String NEXT =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGlGJm0kYxz2b1kZ5mQm6yqk0n7e8vYp0bqUoYbYyT1J";

    private final FakeMeridian meridian = new FakeMeridian();

    @Test
    void lists_where_each_key_is_accepted_and_what_could_not_be_looked_at() {
        meridian.hasKeys(new KeyReport(
                KEY,
                "the deploy key from env:KEY",
                Optional.of(rotation(Phase.ADDING)),
                List.of(
                        new KeyReport.At("journal-eu-r1-1", List.of(KEY + " meridian", NEXT), Optional.empty()),
                        new KeyReport.At(
                                "journal-us-r1-1", List.of("no-pty ssh-rsa AAAAB3Nz ann@laptop"), Optional.empty()),
                        new KeyReport.At(
                                "ops@lab",
                                List.of(),
                                Optional.of(Diagnostic.of("unreachable", "no SSH connection to lab", "Start it."))))));
        FakeConsole console = FakeConsole.pipe();

        assertThat(CommandLineRun.of(meridian, console, "keys")).isZero();

        assertThat(console.out())
                .contains("Deploy key: SHA256:", "the deploy key from env:KEY")
                .contains("Rotation: to SHA256:", "begun by ann@laptop")
                .containsPattern("journal-eu-r1-1 +SHA256:\\S+ +the deploy key")
                .containsPattern("journal-eu-r1-1 +SHA256:\\S+ +the other key of the rotation")
                .containsPattern("journal-us-r1-1 +SHA256:\\S+ +another: ann@laptop")
                .contains("no SSH connection to lab");
        assertThat(meridian.calls()).containsExactly("keys", "close");
    }

    @Test
    void replaces_the_key_once_a_person_agrees_and_says_what_comes_next() {
        meridian.rotates(new RotationResult(rotation(Phase.REMOVING), 3, List.of()));
        FakeConsole person = FakeConsole.person("y");

        assertThat(CommandLineRun.of(meridian, person, "keys", "rotate", "--new", "env:NEXT"))
                .isZero();

        assertThat(meridian.calls()).contains("rotate keys to env:NEXT");
        assertThat(person.out()).contains("3 machines accept both keys", "'ssh.deploy_key'", "meridian keys rotate");
    }

    @Test
    void replaces_no_key_in_silence() {
        assertThat(CommandLineRun.of(meridian, FakeConsole.pipe(), "keys", "rotate"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(meridian.calls()).noneMatch(call -> call.startsWith("rotate"));
    }

    @Test
    void names_the_machines_that_are_left_and_fails() {
        meridian.rotates(new RotationResult(
                rotation(Phase.ADDING),
                2,
                List.of(Diagnostic.of("unreachable", "no SSH connection to lab", "Start it."))));
        FakeConsole console = FakeConsole.pipe();

        assertThat(CommandLineRun.of(meridian, console, "keys", "rotate", "--yes"))
                .isEqualTo(ExitCode.FAILED);

        assertThat(console.err())
                .contains(
                        "1 of 3 machines are not done", "the former key stays everywhere", "no SSH connection to lab");
    }

    private static KeyRotation rotation(Phase phase) {
        return new KeyRotation(KEY, NEXT, phase, "ann@laptop", Instant.EPOCH);
    }
}
