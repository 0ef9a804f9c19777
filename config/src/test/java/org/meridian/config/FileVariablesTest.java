package org.meridian.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.model.ComposeFile.FromFile;
import org.meridian.core.model.ComposeFile.Service;

/** What files beside the Compose file give a service is known by name, so that people can be told where a variable is from. */
final class FileVariablesTest {
    @Test
    void variables_of_env_file_and_of_the_file_beside_are_known_with_where_they_are_from(@TempDir Path directory) {
        Folder folder = new Folder(directory)
                .withCompose("    ports: [\"8080:3000\"]\n", """
                            ports: ["8080:3000"]
                            env_file: [common.env, { path: web.env }, { path: nowhere.env, required: false }]
                            environment:
                              PASSED:
                              RENAMED: ${OTHER}
                              PARTLY: http://${OTHER}
                              OWN: "1"
                              NOT_GIVEN: ${NOWHERE:-}
                        """)
                .write("common.env", "A=1\nB=1\n")
                .write("web.env", "B=2\nOWN=2\n")
                .write(".env", "PASSED=1\nOTHER=example.com\nUNUSED=1\n");

        Service web = requireNonNull(folder.app().compose().services().get("web"), "web is null");

        assertThat(web.files())
                .containsExactly(
                        new FromFile("common.env", Set.of("A", "B")),
                        new FromFile("web.env", Set.of("B", "OWN")),
                        new FromFile(".env", Set.of("PASSED", "RENAMED")));
        assertThat(web.environment()).containsExactlyInAnyOrder("OWN", "PARTLY", "NOT_GIVEN");
    }
}
