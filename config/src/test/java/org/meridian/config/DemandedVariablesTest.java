package org.meridian.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.ComposeFile;

/** Compose goes no further without a value for {@code ${NAME:?}}, wherever it stands; some of them a release replaces. */
final class DemandedVariablesTest {
    private static final String LAST = "meridian.last.env";

    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: registry.example.com/journal:${TAG:?}",
                "image: registry.example.com/journal:${TAG?no tag}",
                "image: registry.example.com/journal\n    build: { context: ., args: [\"A=${TAG:?}\"] }",
            })
    void what_a_release_replaces_needs_no_value_and_gets_one_for_compose(String image) {
        ComposeFile compose = folder.withCompose("image: registry.example.com/journal:latest", image)
                .app()
                .compose();

        assertThat(compose.variables()).isEmpty();
        assertThat(placed(compose)).isEqualTo("TAG=1\n");
    }

    @Test
    void what_is_also_in_use_where_it_counts_is_demanded() {
        ComposeFile compose = folder.withCompose(
                        "image: registry.example.com/journal:latest",
                        "image: registry.example.com/journal:${TAG:?}\n    command: \"serve ${TAG:-none}\"")
                .app()
                .compose();

        assertThat(compose.variables()).containsOnlyKeys("TAG");
        assertThat(compose.beside().files()).doesNotContainKey(LAST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: memcached:1.6\n    command: \"${A:?}\"",
                "image: memcached:1.6\n    profiles: [never]\n    command: \"${A:?}\"",
                "image: memcached:1.6\nx-other: \"${A?}\"",
            })
    void what_no_service_has_that_runs_is_demanded_as_compose_demands_it(String other) {
        assertThat(folder.withCompose("image: memcached:1.6\n    expose: [11211]", other)
                        .app()
                        .compose()
                        .variables())
                .containsOnlyKeys("A");
    }

    @Test
    void a_variable_with_a_default_decides_an_image_unless_a_release_replaces_it() {
        ComposeFile compose = folder.withCompose("memcached:1.6", "\"memcached:${A:-${B:-1.6}}\"")
                .app()
                .compose();
        ComposeFile own = folder.withCompose("journal:latest", "journal:${A:-latest}")
                .app()
                .compose();

        assertThat(compose.deciding().keySet()).containsExactlyInAnyOrder("A", "B", "COMPOSE_PROFILES");
        assertThat(compose.deciding()).containsEntry("A", "services.cache.image");
        assertThat(own.deciding()).containsOnlyKeys("COMPOSE_PROFILES");
    }

    /** As Compose reads it: with another value it is not the app's image any more. */
    @Test
    void a_value_of_the_environment_wins_over_the_default_of_an_image() {
        folder.write(
                "compose.yaml",
                "services: { web: { image: '${IMAGE:-registry.example.com/journal}', expose: [3000] } }");
        assertThat(folder.problems()).isEmpty();

        folder.with("LOG_LEVEL: info", "IMAGE: registry.example.com/journal:v9");
        assertThat(folder.problems()).isEmpty();

        folder.with("LOG_LEVEL: info", "IMAGE: registry.example.com/other");
        assertThat(folder.lines())
                .singleElement()
                .asString()
                .contains("no service in", "runs 'registry.example.com/journal'", "registry.example.com/other");
    }

    @Test
    void what_the_environment_gives_is_not_given_again() {
        ComposeFile compose = folder.with("LOG_LEVEL: info", "TAG: v7")
                .withCompose(":latest", ":${TAG:?}")
                .app()
                .compose();

        assertThat(compose.variables()).isEmpty();
        assertThat(compose.beside().files()).doesNotContainKey(LAST);
    }

    private static String placed(ComposeFile compose) {
        BesideFiles.Content last = requireNonNull(compose.beside().files().get(LAST), LAST + " is not there");
        return new String(Base64.getDecoder().decode(last.base64()), StandardCharsets.UTF_8);
    }
}
