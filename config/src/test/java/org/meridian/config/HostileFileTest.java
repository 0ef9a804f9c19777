package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
}
