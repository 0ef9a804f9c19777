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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script "logs" where Docker is not there yet, or not any more: it has to end, for its reader to come again. */
@Timeout(600)
final class LogsScriptTest {
    /** It has one container, with the labels and the log that lie in the script's directory. */
    private static final String DOCKER = """
            case $1 in
              ps) echo c1 ;;
              inspect) cat labels ;;
              logs) [ ! -e log ] || cat log ;;
            esac""";

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

    /** The working directory is the second word, and its last part the release. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "|e\n# /opt/meridian/shop/r1",
                "x|e;s|a|b|;w\nstolen /opt/meridian/shop/r1",
                "$(touch stolen) /opt/meridian/shop/r1",
                "web' /opt/meridian/shop/r1",
                "{{.}} /opt/meridian/shop/r1",
                "web /opt/meridian/shop/%h",
                "web=x /opt/meridian/shop/r1",
                " /opt/meridian/shop/r1",
                "web /opt/meridian/shop/r1\nw stolen"
            })
    void what_a_label_says_becomes_no_part_of_a_program(String labels) throws Exception {
        Files.writeString(directory.resolve("labels"), labels + "\n");
        Files.writeString(directory.resolve("log"), "2026-01-01T00:00:01Z touch stolen\n");

        Process script = once(DOCKER);

        assertThat(text(script.getInputStream().readAllBytes())).isEqualTo(".\n");
        assertThat(script.waitFor()).isZero();
        assertThat(directory.resolve("stolen")).doesNotExist();
    }

    @Test
    void what_a_container_writes_arrives_as_it_is() throws Exception {
        Files.writeString(directory.resolve("labels"), "web.2_a-b /opt/meridian/shop/r1\n");
        String odd = "touch stolen & \\1 | $(touch stolen) {{.}} %h 'a' = \\";
        String longest = "a".repeat(3000) + "b".repeat(3000) + "c".repeat(2000);
        Files.writeString(
                directory.resolve("log"),
                "2026-01-01T00:00:01Z " + odd + "\n2026-01-01T00:00:02Z \n2026-01-01T00:00:03Z " + longest + "\n");

        Process script = once(DOCKER);

        String head = "web.2_a-b r1 c1 2026-01-01T00:00:0";
        assertThat(text(script.getInputStream().readAllBytes()).lines())
                .containsExactly(
                        ".",
                        head + "1Z =" + odd,
                        head + "2Z =",
                        head + "3Z +" + "a".repeat(3000),
                        head + "3Z +" + "b".repeat(3000),
                        head + "3Z =" + "c".repeat(2000),
                        ".");
        assertThat(directory.resolve("stolen")).doesNotExist();
    }

    /** Follows what containers write, with a Docker that does this. */
    private Process follow(String docker) throws IOException {
        return logs(docker, "0", "follow");
    }

    private Process once(String docker) throws IOException {
        return logs(docker, "all", "once");
    }

    private Process logs(String docker, String tail, String mode) throws IOException {
        Path commands = Files.createDirectory(directory.resolve("bin"));
        Path command = Files.writeString(commands.resolve("docker"), "#!/bin/sh\n" + docker + "\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        // In a group of its own, all of which it ends, as it is on a server.
        ProcessBuilder script =
                new ProcessBuilder("setsid", "sh", "-c", Scripts.read("logs"), "logs", "shop", "", "", tail, mode);
        script.directory(directory.toFile());
        script.environment().merge("PATH", commands.toString(), (path, first) -> first + ":" + path);
        return script.start();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
