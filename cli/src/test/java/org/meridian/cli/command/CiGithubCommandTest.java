package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.cli.ExitCode;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.Samples;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class CiGithubCommandTest {
    private final FakeConsole console = FakeConsole.pipe();
    private final Path file;

    CiGithubCommandTest(@TempDir Path directory) {
        file = directory.resolve("workflows/deploy.yml");
    }

    @Test
    void writes_a_workflow_that_is_yaml_with_one_deploy_at_a_time() throws IOException {
        assertThat(run("--action", "example/meridian@v1")).isEqualTo(ExitCode.DONE);

        Map<?, ?> workflow =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        assertThat(workflow.get("concurrency"))
                .isEqualTo(Map.of("group", "meridian-" + Samples.APP.name(), "cancel-in-progress", false));
        assertThat(Files.readString(file))
                .contains("uses: example/meridian@v1", "branches: [main]", "meridian build -c meridian.yml")
                .doesNotContainPattern("@[A-Z]+@");
    }

    @Test
    void leaves_a_file_alone_that_is_there() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");

        assertThat(run("--action", "example/meridian@v1")).isEqualTo(ExitCode.USAGE);
        assertThat(file).hasContent("mine");
        assertThat(run("--action", "example/meridian@v1", "--force")).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @CsvSource({"meridian,main", "example/meridian,main", "'example/meridian@v1\nx: y',main", "example/meridian@v1,a]b"
    })
    void what_could_change_the_workflow_is_refused(String action, String branch) {
        assertThat(run("--action", action, "--branch", branch)).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("is nothing for --");
        assertThat(file).doesNotExist();
    }

    private int run(String... options) {
        String[] args = new String[options.length + 4];
        System.arraycopy(new String[] {"ci", "github", "--out", file.toString()}, 0, args, 0, 4);
        System.arraycopy(options, 0, args, 4, options.length);
        return CommandLineRun.of(new FakeMeridian(), console, args);
    }
}
