package org.meridian.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher as people do; tagged because it needs the packaged build. */
@Tag("world")
@Timeout(300)
final class LauncherTest {
    private static final Path LAUNCHER = Path.of("../meridian").toAbsolutePath().normalize();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void it_runs_from_any_directory_and_through_links() throws Exception {
        Path first = Files.createSymbolicLink(directory.resolve("first"), LAUNCHER);
        Files.createSymbolicLink(directory.resolve("second"), first.getFileName());

        Ended ended = run(directory, "./second", "--version");

        assertThat(ended.output()).matches("meridian \\d+\\.\\d+\\.\\d+ \\(Java .*\\)\n");
        assertThat(ended.code()).isZero();
    }

    @Test
    void it_passes_arguments_with_blanks_and_the_exit_code_through() throws Exception {
        Ended ended = run(directory, LAUNCHER.toString(), "plan", "-c", "no such file.yml");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).contains("there is no no such file.yml").doesNotContain("\tat ");
        assertThat(ended.output()).isEmpty();
    }

    @Test
    void its_second_run_says_nothing_of_its_own() throws Exception {
        run(directory, LAUNCHER.toString(), "--version");
        assertThat(run(directory, LAUNCHER.toString(), "--version").errors()).isEmpty();
    }

    @Test
    void it_brings_the_simulation_and_no_test_library() throws IOException {
        try (Stream<Path> jars = Files.list(LAUNCHER.resolveSibling("cli/target/meridian/lib"))) {
            List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
            assertThat(names).anyMatch(name -> name.startsWith("meridian-testkit-"));
            assertThat(names).noneMatch(name -> name.startsWith("junit") || name.startsWith("assertj"));
        }
    }

    @Test
    void bash_takes_the_completion_script() throws Exception {
        Path script = directory.resolve("completion");
        Files.writeString(
                script,
                run(directory, LAUNCHER.toString(), "completion", "bash").output());

        Ended ended = run(directory, "bash", "-c", "source ./completion && complete -p meridian");

        assertThat(ended.output()).contains("meridian");
        assertThat(ended.code()).isZero();
    }

    private static Ended run(Path where, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("meridian-launcher", ".out");
        Path errors = Files.createTempFile("meridian-launcher", ".err");
        Process process = new ProcessBuilder(List.of(command))
                .directory(where.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
        var ended = new Ended(process.exitValue(), read(output), read(errors));
        Files.delete(output);
        Files.delete(errors);
        return ended;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private record Ended(int code, String output, String errors) {}
}
