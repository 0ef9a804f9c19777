package org.meridian.drivers.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Hook;
import org.meridian.core.model.HookPoint;
import org.meridian.core.spi.HostDriver.CommandOutcome;
import org.meridian.drivers.command.LocalProcesses;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Timeout(600)
class ProcessHooksTest {
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(700);

    private final Path directory;
    private final ProcessHooks hooks;

    ProcessHooksTest(@TempDir Path directory) {
        this.directory = directory;
        this.hooks = new ProcessHooks(directory, new LocalProcesses());
    }

    @Test
    void a_command_gets_the_facts_as_variables_and_as_json_and_runs_beside_the_configuration()
            throws IOException, InterruptedException {
        script("bin/announce", "echo \"$1 $MERIDIAN_APP $MERIDIAN_WHO $PWD\"; cat");
        Map<String, String> facts = new LinkedHashMap<>(Map.of("app", "journal", "who", "\"ann\" äö\n$(id)"));

        CommandOutcome outcome = hooks.run(hook(AMPLE, "bin/announce", "two words"), facts);

        assertThat(outcome.exitCode()).isZero();
        String start = "two words journal \"ann\" äö\n$(id) " + directory.toRealPath() + "\n";
        assertThat(outcome.output()).startsWith(start);
        assertThat(facts(outcome.output().substring(start.length()))).isEqualTo(facts);
    }

    @Test
    void a_program_on_the_path_is_found() throws InterruptedException {
        assertThat(hooks.run(hook(AMPLE, "echo", "here"), Map.of())).isEqualTo(new CommandOutcome(0, "here\n"));
    }

    @Test
    void a_command_that_fails_is_told_with_its_exit_code_and_both_outputs() throws IOException, InterruptedException {
        script("bin/fail", "echo out; echo err >&2; exit 3");

        assertThat(hooks.run(hook(AMPLE, "bin/fail"), Map.of())).isEqualTo(new CommandOutcome(3, "out\nerr\n"));
    }

    @Test
    void a_command_that_hangs_is_killed_with_everything_it_started() throws Exception {
        // A child; a grandchild whose parent is gone; one that ignores what can be ignored; and the command itself.
        script("bin/hang", """
                trap '' TERM INT HUP
                sleep 300 & echo $!
                sh -c 'sleep 300 & echo $!'
                (trap '' TERM INT HUP; sleep 300) & echo $!
                echo $$
                sleep 300
                """);

        Failure failure = failure(hook(Duration.ofSeconds(3), "bin/hang"));

        assertThat(failure.diagnostic().code()).isEqualTo("hook-timeout");
        assertThat(failure.diagnostic().summary())
                .isEqualTo("before_deploy did not end within 3 s and was ended: bin/hang");
        assertThat(failure.diagnostic().suggestion()).contains("'within'");
        long[] started =
                failure.diagnostic().detail().lines().mapToLong(Long::parseLong).toArray();
        assertThat(started).hasSize(4);
        for (long process : started) {
            awaitEnd(process);
        }
    }

    @Test
    void an_interrupted_thread_ends_the_command() throws Exception {
        script("bin/hang", "echo $$ >running.tmp; mv running.tmp running; sleep 300");
        var caught = new CompletableFuture<Throwable>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                hooks.run(hook(AMPLE, "bin/hang"), Map.of());
            } catch (InterruptedException | RuntimeException e) {
                caught.complete(e);
            }
        });
        Path running = directory.resolve("running");
        while (!Files.exists(running)) {
            Thread.onSpinWait();
        }

        thread.interrupt();

        assertThat(caught.get(300, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        awaitEnd(Long.parseLong(Files.readString(running).strip()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/none", "./none", "/none/here", "no-such-program-anywhere", "bin/plain", "bin"})
    void a_program_that_is_not_there_is_named(String program) throws IOException {
        script("bin/plain", "exit 0");
        Files.setPosixFilePermissions(directory.resolve("bin/plain"), PosixFilePermissions.fromString("rw-r--r--"));

        Failure failure = failure(hook(AMPLE, program));

        assertThat(failure.diagnostic().code()).isEqualTo("hook-missing");
        assertThat(failure.diagnostic().summary()).startsWith("before_deploy: there is no program " + program);
        assertThat(failure.diagnostic().suggestion()).contains("executable");
    }

    @Test
    void a_command_that_does_not_read_its_input_does_not_matter() throws IOException, InterruptedException {
        script("bin/deaf", "exec <&-; echo done");
        String much = "x".repeat(100_000);

        assertThat(hooks.run(hook(AMPLE, "bin/deaf"), Map.of("a", much, "b", much)))
                .isEqualTo(new CommandOutcome(0, "done\n"));
        assertThat(hooks.run(hook(AMPLE, "true"), Map.of("a", much, "b", much))).isEqualTo(new CommandOutcome(0, ""));
    }

    @Test
    void of_megabytes_of_output_the_end_is_kept() throws IOException, InterruptedException {
        script("bin/talk", "head -c 5000000 /dev/zero | tr '\\0' x; echo; echo end");

        String output = hooks.run(hook(AMPLE, "bin/talk"), Map.of()).output();

        assertThat(output).hasSize(OutputEnd.LIMIT).endsWith("xx\nend\n");
    }

    @Test
    void endless_output_ends_with_the_time_limit() {
        Failure failure = failure(hook(SHORT, "yes"));

        assertThat(failure.diagnostic().code()).isEqualTo("hook-timeout");
        assertThat(failure.diagnostic().detail()).endsWith("y\ny").hasSizeLessThanOrEqualTo(OutputEnd.LIMIT);
    }

    @Test
    void what_a_command_leaves_behind_neither_delays_it_nor_is_ended() throws IOException, InterruptedException {
        script("bin/leave", "sleep 300 & echo $!");

        CommandOutcome outcome = hooks.run(hook(AMPLE, "bin/leave"), Map.of());

        ProcessHandle left =
                ProcessHandle.of(Long.parseLong(outcome.output().strip())).orElseThrow();
        try {
            assertThat(outcome.exitCode()).isZero();
            assertThat(left.isAlive()).isTrue();
        } finally {
            left.destroyForcibly();
        }
    }

    private Failure failure(Hook hook) {
        return Optional.ofNullable(catchThrowableOfType(Failure.class, () -> hooks.run(hook, Map.of())))
                .orElseThrow();
    }

    private static Hook hook(Duration within, String... command) {
        return new Hook(HookPoint.BEFORE_DEPLOY, List.copyOf(Arrays.asList(command)), within);
    }

    private void script(String path, String body) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(directory.resolve("bin"));
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Waits until a process has ended; one that is dead and not yet buried by its parent counts as ended. */
    private static void awaitEnd(long pid) throws InterruptedException, ExecutionException, TimeoutException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent() && !dead(pid)) {
            process.get().onExit().get(300, TimeUnit.SECONDS);
        }
    }

    private static boolean dead(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException e) {
            return true;
        }
    }

    private static Map<String, String> facts(String json) {
        return JsonMapper.shared().readValue(json, new TypeReference<Map<String, String>>() {});
    }
}
