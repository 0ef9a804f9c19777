package org.meridian.cli.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    /** Whatever runs in a step without need of a secret, such as the build, must not be able to take it. */
    @Test
    void only_the_steps_that_need_a_secret_get_it() throws IOException {
        assertThat(run("--action", "example/meridian@v1")).isEqualTo(ExitCode.DONE);

        Map<?, ?> workflow = yaml(file);
        assertThat(workflow.get("permissions")).isEqualTo(Map.of());
        Map<?, ?> job = child(child(workflow, "jobs"), "deploy");
        assertThat(job.containsKey("env")).as("variables of the whole job").isFalse();
        for (Object one : requireNonNull((List<?>) job.get("steps"))) {
            Map<?, ?> step = (Map<?, ?>) one;
            String what = String.valueOf(step.get("name"));
            boolean needs = what.matches("Log in to the registry|Deploy by digest|Roll back");
            assertThat(step.toString().contains("secrets.")).as(step.toString()).isEqualTo(needs);
            assertThat(String.valueOf(step.get("run"))).doesNotContain("${{");
        }
    }

    private static Map<?, ?> child(Map<?, ?> map, String key) {
        return (Map<?, ?>) requireNonNull(map.get(key), key);
    }

    @Test
    void actions_of_others_are_named_by_their_commits() throws IOException {
        assertThat(run("--action", "example/meridian@" + "0".repeat(40))).isEqualTo(ExitCode.DONE);
        assertThat(console.err()).isEmpty();

        assertThat(Stream.concat(
                                Files.readAllLines(file).stream(),
                                Files.readAllLines(Path.of("../action.yml")).stream())
                        .filter(line -> line.contains("uses:")))
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(line -> line.matches(".*@[0-9a-f]{40}( # v[0-9.]+)?"));
    }

    @Test
    void says_that_a_tag_can_be_moved() {
        assertThat(run("--action", "example/meridian@v1")).isEqualTo(ExitCode.DONE);
        assertThat(console.err()).contains("can be moved to other code");
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
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
