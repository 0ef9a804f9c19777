package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script "logs" where Docker is not there yet, or not any more: it has to end, for its reader to come again. */
@Timeout(60)
final class LogsScriptTest {
    private final Path directory;

    LogsScriptTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void begins_nothing_where_docker_does_not_answer_yet() throws Exception {
        Process script = follow("echo 'Cannot connect to the Docker daemon' >&2; exit 1");

        assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isNotZero();
        assertThat(text(script.getInputStream().readAllBytes())).isEmpty();
        assertThat(text(script.getErrorStream().readAllBytes())).contains("Cannot connect to the Docker daemon");
    }

    @Test
    void ends_when_docker_ends() throws Exception {
        Process script = follow("case $1 in events) exit 1 ;; esac");

        assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(text(script.getInputStream().readAllBytes())).isEqualTo(".\n");
    }

    @Test
    void ends_with_its_input() throws Exception {
        Process script = follow("case $1 in events) exec sleep 50 ;; esac");
        assertThat(script.getInputStream().read()).isEqualTo('.');
        assertThat(script.waitFor(300, TimeUnit.MILLISECONDS)).as("it goes on").isFalse();

        script.getOutputStream().close();

        assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Follows what containers write, with a Docker that does this. */
    private Process follow(String docker) throws IOException {
        Path commands = Files.createDirectory(directory.resolve("bin"));
        Path command = Files.writeString(commands.resolve("docker"), "#!/bin/sh\n" + docker + "\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        // In a group of its own, all of which it ends, as it is on a server.
        ProcessBuilder script =
                new ProcessBuilder("setsid", "sh", "-c", Scripts.read("logs"), "logs", "shop", "", "", "0", "follow");
        script.environment().merge("PATH", commands.toString(), (path, first) -> first + ":" + path);
        return script.start();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
