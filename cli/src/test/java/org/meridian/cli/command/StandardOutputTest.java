package org.meridian.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.cli.Main;

/** A real process whose standard output is closed by whoever reads it, or is a full disk. */
@Timeout(600)
final class StandardOutputTest {
    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({"schema, 0", "deploy --help, 0", "status, 2"})
    void a_reader_that_has_seen_enough_is_no_error(String line, int code) throws Exception {
        Process process = meridian(line).start();
        process.getInputStream().close();

        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(ended(process)).isEqualTo(code);
        assertThat(errors).doesNotContain("output", "Broken pipe", "Exception");
    }

    @ParameterizedTest
    @CsvSource({"schema, 3", "deploy --help, 3"})
    void a_full_disk_is_an_error(String line, int code) throws Exception {
        File full = new File("/dev/full");
        assumeTrue(full.exists(), "this system has no disk that is always full");

        Process process = meridian(line).redirectOutput(full).start();
        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(ended(process)).isEqualTo(code);
        assertThat(errors).containsOnlyOnce("standard output can't be written");
    }

    private ProcessBuilder meridian(String line) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(line.split(" ", -1)));
        return new ProcessBuilder(command).directory(directory.toFile());
    }

    private static int ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
