package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.core.diagnostic.Diagnostic;

class MistakeTest {
    @ParameterizedTest
    @MethodSource("org.meridian.config.Mistake#all")
    void eachMistakeGivesOneProblemAtItsPlaceWithAWayOut(Mistake mistake, @TempDir Path directory) throws IOException {
        Folder folder = new Folder(directory)
                .write("meridian.yml", mistake.text())
                .write("open-address", "https://hooks.example.com/verysecret")
                .write("wrong-address", "verysecret");
        Files.setPosixFilePermissions(folder.path("open-address"), PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(folder.path("wrong-address"), PosixFilePermissions.fromString("rw-------"));

        List<Diagnostic> problems = folder.problems();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.summary().replace(directory + "/", "")).startsWith(mistake.summary());
            assertThat(problem.suggestion()).contains(mistake.hint());
            assertThat(problem.toString()).doesNotContain("secret@").doesNotContain("verysecret");
            assertThat(problem.where())
                    .contains(mistake.where(folder.path("meridian.yml").toString()));
        });
    }
}
