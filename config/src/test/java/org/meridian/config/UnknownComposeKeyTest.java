package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Diagnostic;

class UnknownComposeKeyTest {
    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    @Test
    void aSlipOfThePenIsAnErrorWhereItStandsAndNotOneOfTheServer() {
        folder.write("compose.yaml", Folder.COMPOSE.replace("    expose:", "    resart: always\n    expose:"));

        assertThat(folder.load().unreleasable())
                .extracting(Diagnostic::summary, Diagnostic::suggestion)
                .containsExactly(tuple("Compose has no key services.cache.resart", "Did you mean 'restart'?"));
    }

    @Test
    void whatMayBeOfANewerComposeIsAWarningAndWhatIsTheTeamsOwnIsNothing() {
        folder.write(
                "compose.yaml",
                Folder.COMPOSE.replace("    expose:", "    teleportation: true\n    x-note: mine\n    expose:"));

        assertThat(folder.load().warnings()).extracting(Diagnostic::code).containsExactly("unknown-compose-key");
    }
}
