package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** What keeps only a new release from being made keeps nobody from looking at the app that runs, or from going back. */
class NextReleaseTest {
    private final Folder folder;

    NextReleaseTest(@TempDir Path directory) {
        this.folder = new Folder(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kept-data      | volumes: [data:/d]
            missing-file   | env_file: not-here.env
            outside        | volumes: ["../../..:/above:ro"]
            """)
    void aProblemOfTheNextReleaseAloneLeavesTheAppThatRunsWithinReach(String code, String line) {
        folder.write("compose.yaml", Folder.COMPOSE + "    " + line + "\nvolumes: { data: }\n");

        Configuration loaded = folder.load();

        assertThat(loaded.app().name().value()).isEqualTo("journal");
        assertThat(loaded.unreleasable()).extracting(Diagnostic::code).containsExactly(code);
        assertThatThrownBy(loaded::requireReleasable).isInstanceOf(Failure.class);
    }

    @Test
    void anExternalVolumeLeavesItToo() {
        folder.write("compose.yaml", Folder.COMPOSE + "volumes: { data: { external: true } }\n");

        assertThat(folder.load().unreleasable()).extracting(Diagnostic::code).containsExactly("external");
    }

    @Test
    void withOtherProblemsAllAreToldAtOnce() {
        folder.write("compose.yaml", Folder.COMPOSE + "    volumes: [data:/d]\nvolumes: { data: }\n")
                .with("app: journal", "app: Not A Name");

        assertThat(Folder.problems(folder::load))
                .hasSize(2)
                .extracting(Diagnostic::code)
                .contains("kept-data");
    }

    @Test
    void aReleaseThatHadAFileWithSecretsIsNotInstalledAgainWithoutIt() {
        folder.write("compose.yaml", Folder.COMPOSE + "    env_file: not-here.env\n");

        assertThat(folder.app().regions().getFirst().secrets())
                .anySatisfy(source -> assertThat(source.toString()).contains("not-here.env"));
    }
}
