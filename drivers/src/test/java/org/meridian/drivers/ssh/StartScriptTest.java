package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script "start" makes of the containers that are there after Compose has started them. */
@Timeout(600)
final class StartScriptTest {
    private static final String LONG_AGO = "2020-01-01T00:00:00.123456789Z";

    @TempDir
    private Path root = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web running 0 " + LONG_AGO + " healthy no",
                "web running 0 " + LONG_AGO + " none unless-stopped",
                "cache running 0 " + LONG_AGO + " none no",
                "migrate exited 0 " + LONG_AGO + " none no",
                "migrate exited 0 " + LONG_AGO + " none on-failure",
            })
    void a_service_that_runs_and_one_that_has_done_its_work_are_well(String container) throws Exception {
        assertThat(start(30, "web running 0 " + LONG_AGO + " none always", container)
                        .code())
                .isZero();
    }

    @Test
    void a_service_that_ends_with_an_error_fails_the_start_at_once() throws Exception {
        Outcome outcome = start(100_000, "migrate exited 1 " + LONG_AGO + " none no");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.errors()).contains("migrate ended with exit code 1");
    }

    @Test
    void a_service_that_may_end_at_once_is_looked_at_again() throws Exception {
        Outcome outcome = start(
                100_000,
                "migrate running 0 " + Instant.now() + " none no",
                "migrate exited 3 " + LONG_AGO + " none no");

        assertThat(outcome.errors()).contains("migrate ended with exit code 3");
    }

    @Test
    void what_does_not_become_well_in_time_is_named() throws Exception {
        Outcome outcome = start(1, "web restarting 1 " + LONG_AGO + " none always");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.errors()).contains("web is restarting");
    }

    /** Each line is what the next look finds; the last one stays. */
    private Outcome start(int seconds, String... looks) throws IOException, InterruptedException {
        Path release = Files.createDirectories(root.resolve("opt/journal/r3"));
        Path run = Files.createDirectories(root.resolve("run"));
        Files.createDirectories(run.resolve("journal"));
        Files.writeString(root.resolve("looks"), String.join("\n", looks) + "\n");
        program(release.resolve("compose"), "exit 0");
        program(release.resolve("settled"), Scripts.read("settled"));
        program(release.resolve("jobs-timers"), "exit 0");
        Files.writeString(release.resolve("workers"), "");
        program(root.resolve("bin/systemctl"), "exit 0");
        program(root.resolve("bin/docker"), """
                cd '%s'
                case $1 in
                  ps) echo c1 ;;
                  inspect)
                    head -n 1 looks
                    if [ "$(wc -l <looks)" -gt 1 ]; then sed -i 1d looks; fi ;;
                esac""".formatted(root));
        Path script = program(release.resolve("start"), Scripts.read("start").replace("/run/meridian", run.toString()));
        ProcessBuilder builder = new ProcessBuilder(List.of(script.toString(), Integer.toString(seconds)));
        builder.environment().merge("PATH", "/usr/bin:/bin", (given, usual) -> root.resolve("bin") + ":" + given);
        Path errors = root.resolve("errors");
        Process process = builder.redirectError(errors.toFile()).start();
        process.getInputStream().readAllBytes();
        return new Outcome(process.waitFor(), Files.readString(errors, StandardCharsets.UTF_8));
    }

    private static Path program(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text.startsWith("#!") ? text : "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Outcome(int code, String errors) {}
}
