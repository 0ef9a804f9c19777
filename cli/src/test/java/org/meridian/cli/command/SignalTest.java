package org.meridian.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real signals to a real process. */
@Timeout(600)
final class SignalTest {
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void a_signal_ends_a_deploy_with_130_and_tells_what_to_do(String signal) throws Exception {
        try (var running = Running.start()) {
            running.send(signal);
            assertThat(running.exitCode()).isEqualTo(130);
            assertThat(running.errors()).contains("Interrupted: stopping", "'meridian deploy'");
        }
    }

    @Test
    void a_second_signal_ends_what_does_not_listen_at_once() throws Exception {
        try (var running = Running.start("deaf")) {
            running.send("INT");
            running.awaitError("Interrupted: stopping");
            running.send("INT");
            assertThat(running.exitCode()).isEqualTo(130);
            assertThat(running.errors()).doesNotContain("did not stop within");
        }
    }

    private record Running(Process process, List<String> read, BufferedReader err) implements AutoCloseable {
        static Running start(String... args) throws IOException {
            // A shell's background job ignores SIGINT and what nohup starts SIGHUP, and so would all that they start.
            List<String> command = new ArrayList<>(List.of(
                    "env",
                    "--default-signal=INT,HUP",
                    System.getProperty("java.home") + "/bin/java",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BlockingMain.class.getName()));
            command.addAll(List.of(args));
            Process process = new ProcessBuilder(command).start();
            // Whoever reads what it says would wait for ever for what it never says. The handle leaves its streams
            // open.
            var unused = process.onExit()
                    .completeOnTimeout(process, 4, TimeUnit.MINUTES)
                    .thenAccept(late -> late.toHandle().destroyForcibly());
            BufferedReader out = process.inputReader(UTF_8);
            String line = out.readLine();
            while (line != null && !line.equals("running")) {
                line = out.readLine();
            }
            return new Running(process, new ArrayList<>(), process.errorReader(UTF_8));
        }

        void send(String signal) throws Exception {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(code).isZero();
        }

        void awaitError(String text) throws IOException {
            String line = err.readLine();
            while (line != null && !line.contains(text)) {
                line = err.readLine();
            }
            assertThat(line).isNotNull();
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        }

        String errors() {
            err.lines().forEach(read::add);
            return String.join("\n", read);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
