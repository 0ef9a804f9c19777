package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.core.diagnostic.Diagnostic;

/** No file is too large, too deep or too repetitive: each is read or refused, with a place, in a moment. */
class HostileFileTest {
    static Stream<HostileFile> files() {
        return HostileFile.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void isReadOrRefusedInAMoment(HostileFile hostile, @TempDir Path directory) {
        assertThat(hostile.text().length()).isLessThan(1_000_000);
        Folder folder = new Folder(directory).write(hostile.file(), hostile.text());

        Work.limited(hostile.name(), () -> {
            List<Diagnostic> problems = folder.problems();
            assertThat(problems)
                    .allSatisfy(problem -> assertThat(problem.where()).isPresent());
            assertThat(problems.isEmpty()).isEqualTo(hostile.says().isEmpty());
            assertThat(problems.toString()).contains(hostile.says());
        });
    }

    static Stream<HostileFile> composeFiles() {
        return HostileFile.all().filter(hostile -> hostile.file().equals("compose.yaml"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("composeFiles")
    void aFirstConfigurationIsProposedOrRefusedInAMoment(HostileFile hostile, @TempDir Path directory) {
        Folder folder = new Folder(directory).write(hostile.file(), hostile.text());

        Work.limited(hostile.name(), () -> {
            List<Diagnostic> problems = Folder.problems(() -> assertThat(
                            new Initializer(folder.path("other.yml")).propose().text())
                    .startsWith("#"));
            assertThat(problems)
                    .allSatisfy(problem -> assertThat(problem.where()).isPresent());
        });
    }

    @Test
    void aLargeFileOfVariablesIsReadOnceHoweverManyServicesHaveIt(@TempDir Path directory) {
        String services = IntStream.range(0, 400)
                .mapToObj(i -> "  s" + i + ": { image: a, env_file: many.env }\n")
                .collect(Collectors.joining());
        Folder folder = new Folder(directory)
                .write("compose.yaml", Folder.COMPOSE + services)
                .write(
                        "many.env",
                        IntStream.range(0, 60_000)
                                .mapToObj(i -> "N" + i + "=1\n")
                                .collect(Collectors.joining()));

        Work.limited(
                "a large file of variables", () -> assertThat(folder.problems()).isEmpty());
    }
}
