package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code COMPOSE_FILE} in {@code .env}; that Compose reads the same is tested with Compose itself. */
final class ComposeFileVariableTest {
    private static final String OTHER =
            "services: { web: { image: registry.example.com/journal, ports: [\"8099:3000\"] } }\n";

    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
        folder.with("compose: compose.yaml\n", "").write("other.yaml", OTHER);
    }

    @Test
    void a_file_that_the_variable_names_is_read_in_place_of_the_usual_one() {
        folder.write(".env", "COMPOSE_FILE=other.yaml\n");

        assertThat(folder.app().serve().hostPort()).isEqualTo(8099);
    }

    @Test
    void what_the_configuration_names_wins_over_the_variable() {
        folder.write("meridian.yml", Folder.GOOD).write(".env", "COMPOSE_FILE=other.yaml\n");

        assertThat(folder.app().serve().hostPort()).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMPOSE_FILE=compose.yaml:other.yaml",
                "COMPOSE_PATH_SEPARATOR=|\nexport COMPOSE_FILE='compose.yaml|other.yaml'",
            })
    void several_files_are_laid_over_one_another(String variables) {
        folder.write(".env", variables + "\n");

        assertThat(folder.app().compose().services()).containsOnlyKeys("web", "worker", "cache");
        assertThat(folder.app().compose().beside().over()).containsExactly("other.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.yaml", "other.yaml: other.yaml", "", "other.yaml:"})
    void a_file_that_is_not_there_is_reported_where_the_variable_stands(String written) {
        folder.write(".env", "# files\nA=b\nCOMPOSE_FILE=" + written + "\n");

        assertThat(folder.lines()).singleElement().asString().startsWith(".env:3:1: COMPOSE_FILE names '");
    }

    @Test
    void init_guesses_from_the_files_that_the_variable_names() {
        folder.write(".env", "COMPOSE_FILE=compose.yaml:other.yaml\n");

        Starter starter = new Initializer(folder.path("meridian.yml")).propose();
        folder.write("meridian.yml", starter.text());

        assertThat(starter.text()).contains("compose: [compose.yaml, other.yaml]");
        assertThat(folder.app().serve().service()).isEqualTo("web");
    }
}
