package org.meridian.drivers.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;

final class LocalProcessesTest {
    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final LocalProcesses processes = new LocalProcesses();

    @Test
    void a_program_that_does_not_read_its_input_does_not_outlast_the_limit() {
        Command command =
                Command.of("sleep", "300").reading("x".repeat(1_000_000)).within(LIMIT);

        Failure failure =
                assertTimeoutPreemptively(LONG, () -> assertThrows(Failure.class, () -> processes.run(command)));

        assertThat(failure.diagnostic().code()).isEqualTo(LocalProcesses.TIMEOUT);
    }

    @Test
    void a_program_that_ends_without_reading_its_input_tells_why() throws InterruptedException {
        CommandResult result =
                processes.run(Command.of("sh", "-c", "echo no >&2; exit 3").reading("x".repeat(1_000_000)));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errors()).isEqualTo("no\n");
    }
}
