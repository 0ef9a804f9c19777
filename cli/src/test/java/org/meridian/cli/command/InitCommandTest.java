package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.cli.ExitCode;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;

final class InitCommandTest {
    private final FakeConsole console = FakeConsole.pipe();
    private final Path file;
    private final Path compose;

    InitCommandTest(@TempDir Path directory) {
        this.file = directory.resolve("meridian.yml");
        this.compose = directory.resolve("compose.yaml");
    }

    @Test
    void it_writes_the_file_and_says_what_it_guessed_and_why() throws IOException {
        Files.writeString(compose, """
                services:
                  app: { image: "registry.example.com/pad:1.11.0", ports: ["3000:3000"] }
                """);

        assertThat(init()).isEqualTo(ExitCode.DONE);

        assertThat(file).content().contains("image: registry.example.com/pad:1.11.0  # the image of services.app");
        assertThat(console.out())
                .startsWith("Wrote " + file + ", guessed from compose.yaml:\n")
                .containsPattern("serve.service +app +the only app in this file that has a port\n")
                .containsPattern("serve.port +3000 +the port that it publishes or exposes\n")
                .containsPattern("serve.health.path +/ +nothing in this file says")
                .containsPattern("image +registry.example.com/pad:1.11.0 +the image of services.app\n")
                .endsWith("\nLook it over, then run 'meridian plan'.\n");
    }

    @Test
    void what_has_to_be_settled_is_listed_with_its_place_and_the_file_is_written_all_the_same() throws IOException {
        Files.writeString(compose, """
                services:
                  web: { image: "journal:1", ports: ["3000:3000"], volumes: ["~/a:/a"] }
                  db: { image: "postgres:17" }
                """);

        assertThat(init()).isEqualTo(ExitCode.DONE);

        assertThat(file).content().contains("\n# To settle before a deploy:\n# - compose.yaml:2:");
        assertThat(console.out())
                .contains("\nTo settle before a deploy (1):\n" + compose + ":2:")
                .contains("\nTo know (1):\n" + compose + ":3:")
                .endsWith("\nSettle these, which are in " + file + " as comments too, then run 'meridian plan'.\n");
    }

    @Test
    void a_file_that_is_there_is_replaced_only_by_force() throws IOException {
        Files.writeString(compose, "services: { web: { image: \"a:1\", expose: [80] } }");
        Files.writeString(file, "mine");

        assertThat(init()).isEqualTo(ExitCode.USAGE);
        assertThat(file).hasContent("mine");
        assertThat(init("--force")).isEqualTo(ExitCode.DONE);
        assertThat(file).content().startsWith("# Where ");
    }

    private int init(String... options) {
        String[] args = new String[options.length + 3];
        System.arraycopy(options, 0, args, 3, options.length);
        args[0] = "init";
        args[1] = "-c";
        args[2] = file.toString();
        return CommandLineRun.of(new FakeMeridian(), console, args);
    }
}
