package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.model.Secret;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.LocalProcesses;

/** The script that pulls with somebody else's logins, with a pull that only plays its part. */
final class PullScriptTest {
    private static final String LOGIN = "YW5uOnNlY3JldA==";

    private final Path memory;
    private final Path seen;
    private final LocalProcesses processes = new LocalProcesses();

    PullScriptTest(@TempDir Path directory) {
        this.memory = directory.resolve("run");
        this.seen = directory.resolve("seen");
    }

    @Test
    void the_pull_sees_the_log_ins_which_are_for_one_user_alone_and_gone_afterwards() throws Exception {
        CommandResult pulled = pull("cat \"$DOCKER_CONFIG/config.json\"; stat -c %a \"$DOCKER_CONFIG\""
                + " \"$DOCKER_CONFIG/config.json\"");

        assertThat(pulled.exitCode()).as(pulled.errors()).isZero();
        assertThat(pulled.output())
                .isEqualToIgnoringNewLines("{\"auths\":{\"registry.example.com\":{\"auth\":\"" + LOGIN + "\"}}}700600");
        assertThat(left()).isEmpty();
    }

    @Test
    void a_pull_that_fails_leaves_nothing_and_says_how_it_ended() throws Exception {
        CommandResult pulled = pull("echo 'unauthorized: authentication required' >&2; exit 18");

        assertThat(pulled.exitCode()).isEqualTo(18);
        assertThat(PullLogins.refused(pulled.errors())).isTrue();
        assertThat(left()).isEmpty();
    }

    @Test
    void a_pull_that_is_stopped_in_its_midst_leaves_nothing() throws Exception {
        Process process = new ProcessBuilder(
                        command("touch '" + seen + "'; exec sleep 60").argv())
                .start();
        process.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        await(seen);
        assertThat(left()).hasSize(1);
        List<ProcessHandle> children = process.descendants().toList();

        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        children.forEach(ProcessHandle::destroyForcibly);
        assertThat(left()).isEmpty();
    }

    @Test
    void what_a_killed_pull_left_goes_with_the_next() throws Exception {
        Files.createDirectories(memory.resolve("pull.killed"));
        Files.writeString(memory.resolve("r1.env"), "A=1");

        assertThat(pull("true").exitCode()).isZero();

        assertThat(left()).containsExactly("r1.env");
    }

    @Test
    void nothing_of_a_log_in_is_in_the_command() {
        Command command = command("true");

        assertThat(command.toString()).doesNotContain(LOGIN);
        assertThat(command.input().orElseThrow().toString()).doesNotContain(LOGIN);
    }

    private CommandResult pull(String script) throws InterruptedException {
        return processes.run(command(script));
    }

    private Command command(String script) {
        return Command.of("sh", "-c", Scripts.read("pull"), "pull", memory.toString(), "sh", "-c", script)
                .reading(PullLogins.config(Map.of("registry.example.com", Secret.of("{\"auth\":\"" + LOGIN + "\"}")))
                        .reveal())
                .within(Duration.ofMinutes(5));
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(memory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void await(Path file) {
        for (long begun = System.nanoTime(); !Files.exists(file); ) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(5));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
