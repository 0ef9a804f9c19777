package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.spi.HostDriver.HealthAnswer;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;

/** How the answers of programs on servers are read. */
final class AnswersTest {
    @Test
    void any_2xx_is_healthy() {
        assertThat(health(0, "all is well\nsecond line\n\n204", ""))
                .isEqualTo(new HealthAnswer(true, "204 all is well"));
        assertThat(health(0, "\n200", "")).isEqualTo(new HealthAnswer(true, "200"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"301", "404", "500", "000", "20", ""})
    void nothing_else_is(String status) {
        assertThat(health(0, "body\n" + status, "").healthy()).isFalse();
    }

    @Test
    void says_why_there_was_no_answer() {
        assertThat(health(7, "\n000", "curl: (7) Failed to connect\n"))
                .isEqualTo(new HealthAnswer(false, "curl: (7) Failed to connect"));
    }

    @Test
    void an_answer_that_a_busy_machine_does_not_give_in_time_is_no_healthy_one() {
        Endpoint machine = new Endpoint(
                "busy",
                "127.0.0.1",
                22,
                "ops",
                new Login.Personal(Optional.empty(), List.of(), List.of(), Optional.empty()),
                new Trust.Pinned("ssh-ed25519 AAAA"),
                Optional.empty());
        Command curl = Command.of("curl");

        assertThat(HealthProbe.unanswered(SshFailures.tooLong(machine, curl)))
                .contains(new HealthAnswer(false, "'curl' did not end within 30 s on busy"));
        assertThat(HealthProbe.unanswered(SshFailures.lost(machine, curl, new IOException())))
                .isEmpty();
    }

    @Test
    void keeps_a_long_body_short() {
        assertThat(health(0, "x".repeat(5000) + "\n200", "").detail())
                .hasSizeLessThan(140)
                .endsWith("…");
    }

    @Test
    void a_boot_without_errors_is_good() {
        assertThat(BootAccount.errors("{\"v1\": {\"datasource\": \"x\", \"errors\": []}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{\"v1\": {}}", "[]"})
    void a_boot_without_an_account_is_not(String json) {
        assertThat(BootAccount.errors(json)).hasSize(1);
    }

    @Test
    void the_errors_of_a_boot_are_kept() {
        assertThat(BootAccount.errors("{\"v1\": {\"errors\": [\"('scripts_user', 'failed')\"]}}"))
                .containsExactly("('scripts_user', 'failed')");
    }

    @Test
    void only_the_last_64_KiB_of_an_output_are_kept() {
        try (Tail tail = new Tail()) {
            byte[] line = "0123456789\n".getBytes(UTF_8);
            for (int i = 0; i < 10_000; i++) {
                tail.write(line, 0, line.length);
            }
            assertThat(tail.text()).hasSize(Tail.LIMIT).endsWith("9\n0123456789\n");
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HealthAnswer health(int exit, String output, String errors) {
        return HealthProbe.read(new CommandResult(Command.of("curl"), exit, output, errors));
    }
}
