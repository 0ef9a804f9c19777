package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.cli.ExitCode;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

final class UiCommandTest {
    private final Path directory;
    private final FakeMeridian meridian = new FakeMeridian();
    private final FakeConsole console = FakeConsole.pipe();

    UiCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port 70000",
                "--listen mars",
                "--listen 0.0.0.0",
                "--tls-key key.pem",
                "--trusted-proxy 10.0.0.2",
                "--trusted-proxy-header X-User",
                "--trusted-proxy 10.0.0.2 --trusted-proxy-header X:User",
                "--trusted-proxy 127.0.0.1 --trusted-proxy-header X-User",
                "--trusted-proxy 10.0.0.2 --trusted-proxy-header X-User --trusted-proxy-secret nowhere",
                "--trusted-proxy-secret secret"
            })
    void what_would_let_others_in_or_makes_no_sense_is_refused_in_words(String options) {
        assertThat(run(options.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(console.err()).contains("error: ").doesNotContain("Exception");
        assertThat(meridian.calls()).noneMatch(call -> call.startsWith("dashboard"));
    }

    @Test
    void the_token_is_kept_where_only_its_owner_reads_it_and_stays_the_same() throws Exception {
        meridian.shows(settings -> {
            throw Failure.usage(Diagnostic.of("port-taken", "something else listens there", ""));
        });

        assertThat(run()).isEqualTo(ExitCode.USAGE);
        Path file = directory.resolve(".meridian/ui-token");
        String token = Files.readString(file);
        assertThat(run("--port", "0", "--read-only")).isEqualTo(ExitCode.USAGE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(token.strip()).hasSize(43);
        assertThat(Files.readString(file)).isEqualTo(token);
        assertThat(directory.resolve(".meridian/ui-viewer-token")).exists();
        assertThat(meridian.calls()).contains("dashboard 127.0.0.1:7070 false", "dashboard 127.0.0.1:0 true");
        assertThat(console.out() + console.err()).doesNotContain(token.strip());
        assertThat(run("--new-token")).isEqualTo(ExitCode.USAGE);
        assertThat(Files.readString(file)).isNotEqualTo(token);
    }

    @Test
    void a_token_that_others_may_read_is_not_used() throws Exception {
        Path file = directory.resolve(".meridian/ui-token");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x".repeat(43));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(run()).isEqualTo(ExitCode.USAGE);

        assertThat(console.err()).contains("others may read").contains("--new-token");
        assertThat(meridian.calls()).noneMatch(call -> call.startsWith("dashboard"));
    }

    private int run(String... options) {
        String[] line = new String[options.length + 3];
        line[0] = "ui";
        line[1] = "-c";
        line[2] = directory.resolve("meridian.yml").toString();
        System.arraycopy(options, 0, line, 3, options.length);
        return CommandLineRun.of(meridian, console, line);
    }
}
