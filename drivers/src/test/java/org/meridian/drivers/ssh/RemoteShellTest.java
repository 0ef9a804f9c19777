package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;

final class RemoteShellTest {
    @Test
    void runs_as_root_and_ends_on_the_server_in_time() {
        assertThat(RemoteShell.line(Command.of("df", "-h").within(Duration.ofSeconds(7)), false))
                .isEqualTo("sudo -n timeout --kill-after=5 7 df -h");
    }

    @Test
    void needs_no_sudo_where_root_logs_in() {
        assertThat(RemoteShell.line(Command.of("df"), true)).isEqualTo("timeout --kill-after=5 30 df");
    }

    @Test
    void shows_nothing_of_the_input() {
        assertThat(RemoteShell.line(Command.of("cat").reading("hunter2"), false))
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void lets_no_character_mean_anything_to_a_shell(int seed) throws InterruptedException {
        String argument = awkward(new Random(seed));

        String line = "printf %s " + RemoteShell.quoted(argument);
        String echoed = new LocalProcesses().run(Command.of("sh", "-c", line)).output();

        assertThat(echoed).as("seed " + seed).isEqualTo(argument);
    }

    private static String awkward(Random random) {
        String characters = "'\"\\$`!#&;|<>()[]{}*?~ \t\nabcé世";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.append('x').toString();
    }
}
