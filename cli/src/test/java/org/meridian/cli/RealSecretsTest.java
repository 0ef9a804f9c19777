package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.cli.doctor.Doctor;
import org.meridian.cli.doctor.Finding;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.drivers.command.CommandResult;

/** The commands on a real configuration with sources that this machine has. */
final class RealSecretsTest {
    private final Path directory;
    private final FakeConsole console = FakeConsole.pipe();

    RealSecretsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        write("compose.yaml", """
                services:
                  web: { image: journal, ports: ["8080:80"], environment: { SMTP: "${SMTP_URL}" } }
                """);
        write("common.env", "KEY=hunter2-common\nTOKEN=hunter2-token\n");
        config("{ from: env-file:common.env, required: [KEY] }", "command:printf 'TOKEN=hunter2-%s' us");
    }

    @Test
    void secrets_are_listed_with_their_sources_and_no_value_is_seen() {
        assertThat(run("secrets", "list", "--verbose")).isZero();

        assertThat(console.out().lines().map(line -> line.replaceAll(" +", " ")).toList())
                .anyMatch(line -> line.startsWith("eu KEY env-file:common.env "))
                .anyMatch(line -> line.startsWith("us TOKEN command:printf 'TOKEN=hunter2-%s' us "))
                .anyMatch(line -> line.startsWith("us SMTP_URL ") && line.contains("missing"));
        assertThat(console.out() + console.err()).doesNotContain("hunter2-common", "hunter2-token", "hunter2-us");
    }

    @Test
    void regions_that_differ_are_shown_and_no_value_is_seen() {
        assertThat(run("secrets", "diff")).isZero();

        assertThat(console.out()).containsPattern("TOKEN +a +b\n").contains("The same everywhere: KEY");
        assertThat(console.out() + console.err()).doesNotContain("hunter2-common", "hunter2-token", "hunter2-us");
    }

    @Test
    void every_source_that_can_not_be_read_is_told() throws IOException {
        config("command:sh -c 'exit 3'", "command:false");

        assertThat(run("secrets")).isEqualTo(ExitCode.FAILED);

        assertThat(console.err()).contains("command:false failed (exit 1)", "error: ");
        assertThat(console.err().lines().filter(line -> line.startsWith("error: ")))
                .hasSize(2);
        assertThat(console.err()).doesNotContain("\tat ");
    }

    @Test
    void the_doctor_says_which_region_lacks_what() throws InterruptedException {
        Path file = directory.resolve("meridian.yml");
        var doctor = new Doctor(
                command -> new CommandResult(command, 1, "", "no engine in this test"),
                new YamlConfig(),
                file,
                directory);

        Finding secrets = doctor.findings().stream()
                .filter(finding -> finding.check().equals("secrets"))
                .findFirst()
                .orElseThrow();

        assertThat(secrets.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(secrets.text()).isEqualTo("eu lacks SMTP_URL; us lacks SMTP_URL");
    }

    private int run(String... args) {
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--config";
        all[args.length + 1] = directory.resolve("meridian.yml").toString();
        return CommandLineRun.of(Wiring::open, console, all);
    }

    private void config(String app, String us) throws IOException {
        write("meridian.yml", """
                app: journal
                image: journal
                primary: eu
                regions:
                  eu: { provider: local, location: DE }
                  us:
                    provider: local
                    location: US
                    secrets: "%s"
                secrets: %s
                serve: { service: web, port: 80 }
                """.formatted(us, app));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }
}
