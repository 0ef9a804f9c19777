package org.meridian.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassedOnVariablesTest {
    @Test
    void aVariableThatTheComposeFileOnlyPassesOnIsNoneThatItGivesAValue(@TempDir Path directory) {
        Folder folder = new Folder(directory);
        folder.write("meridian.yml", Folder.GOOD).write("compose.yaml", """
                        services:
                          web:
                            image: registry.example.com/journal
                            ports: ["8080:3000"]
                            environment:
                              KEY: ${KEY}
                              TOKEN: ${TOKEN:?is needed}
                              SALT:
                              LEVEL: ${LEVEL:-info}
                              MODE: fast
                          worker:
                            image: registry.example.com/journal
                          cache:
                            image: redis:7
                        """);

        assertThat(requireNonNull(folder.app().compose().services().get("web")).environment())
                .containsExactlyInAnyOrder("LEVEL", "MODE");
    }
}
