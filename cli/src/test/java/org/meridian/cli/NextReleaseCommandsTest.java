package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.cli.command.Commands;
import org.meridian.cli.fake.FakeConsole;

/** Commands with the real drivers, on an app whose Compose file can't be deployed as it is now. */
final class NextReleaseCommandsTest {
    private final FakeConsole console = FakeConsole.pipe();

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void aServiceKeepsData() throws IOException {
        Files.writeString(directory.resolve("meridian.yml"), """
                app: journal
                image: registry.example.com/journal
                regions: { lab: { provider: hosts, location: DE, hosts: [ops@127.0.0.1, "ops@127.0.0.1:23"] } }
                serve: { service: web, port: 3000, health: { path: /up } }
                """);
        Files.writeString(directory.resolve("compose.yaml"), """
                services:
                  web: { image: registry.example.com/journal, expose: [3000] }
                  cache: { image: memcached, volumes: [data:/d] }
                volumes: { data: }
                """);
    }

    @ParameterizedTest
    @CsvSource({"releases", "audit", "lock status"})
    void aVolumeInTheNextReleaseKeptCommandsFromTheAppThatRuns(String command) {
        assertThat(run(command)).isEqualTo(ExitCode.DONE);
        assertThat(console.err()).doesNotContain("keeps data");
    }

    @ParameterizedTest
    @CsvSource({"plan", "deploy --yes"})
    void whatMakesAReleaseRefusesBeforeAnythingElse(String command) {
        assertThat(run(command)).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("services.cache keeps data in the volume 'data'");
    }

    @Test
    void aRollbackIsAboutFormerReleasesAlone() {
        assertThat(run("rollback --yes")).isNotEqualTo(ExitCode.DONE);
        assertThat(console.err()).doesNotContain("keeps data");
    }

    @Test
    void theDoctorFindsIt() {
        run("doctor");

        assertThat(console.out()).contains("has 1 problem").contains("services.cache keeps data");
    }

    private int run(String command) {
        String[] words = (command + " --config " + directory.resolve("meridian.yml")).split(" ");
        return Commands.run(Main.tools(), console.console(), words);
    }
}
