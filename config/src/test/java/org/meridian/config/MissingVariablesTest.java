package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Diagnostic;

/** Variables without a value are among the first problems, not found once all others are solved. */
final class MissingVariablesTest {
    private static final String NO_SECRETS = """
            app: journal
            image: registry.example.com/journal
            primary: eu
            regions: { eu: { provider: local, location: DE, env: { A: 1 } }, us: { provider: local, location: US } }
            serve: { service: web, port: 3000, health: { path: /up } }
            """;

    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory).write("meridian.yml", NO_SECRETS);
    }

    @Test
    void fourteen_variables_without_a_value_are_one_problem_beside_the_others() {
        String environment = IntStream.range(10, 24)
                .mapToObj(i -> "      NAME_" + i + ": ${NAME_" + i + "}\n")
                .collect(Collectors.joining());
        folder.withCompose(
                "    ports: [\"8080:3000\"]\n", "    ports: [\"8080:3000\"]\n    environment:\n" + environment);
        folder.write(
                "compose.yaml", Folder.replaced(folder.read("compose.yaml"), "image: memcached:1.6", "command: x"));

        assertThat(folder.lines()).hasSize(2);
        assertThat(folder.lines().getFirst())
                .startsWith("compose.yaml:6:16: all regions have no value for 14 variables: NAME_10 (compose.yaml:6),"
                        + " NAME_11 (compose.yaml:7), ")
                .contains("NAME_23 (compose.yaml:19)", "| Add them to ", "a default: ${NAME:-default}");
        assertThat(folder.lines().get(1)).contains("services.cache has no image");
    }

    @Test
    void every_place_of_a_variable_is_named_up_to_three() {
        folder.withCompose(
                "memcached:1.6\n",
                "memcached:1.6\n    command: [\"${B}\",\n      \"${B}\", \"${C?set it}\",\n      \"${B}\",\n      \"${B}\"]\n");

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .contains(
                        "2 variables: B (compose.yaml:9, compose.yaml:10, compose.yaml:11, …), C (compose.yaml:10) |");
    }

    @Test
    void what_one_region_has_only_the_other_lacks() {
        folder.withCompose("memcached:1.6\n", "memcached:1.6\n    environment: [A]\n");

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .startsWith("compose.yaml:9:19: region us has no value for A (compose.yaml:9) | ");
    }

    @Test
    void whoever_has_the_example_of_a_file_of_variables_is_told_of_it() {
        folder.withCompose("memcached:1.6\n", "memcached:1.6\n    environment: [B]\n")
                .write(".env.example", "B=\n");

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .contains("| Copy .env.example to .env and fill it in, or add ");

        folder.write(".env", "B=1\n");
        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void what_a_store_of_secrets_may_give_is_no_problem_before_it_was_asked() {
        folder.write("meridian.yml", NO_SECRETS + "secrets: env-file:secrets.env\n")
                .withCompose("memcached:1.6\n", "memcached:1.6\n    environment: [B]\n");

        assertThat(folder.problems()).isEmpty();
        assertThat(folder.app().compose().variables()).containsOnlyKeys("B");
    }

    @Test
    void an_app_as_it_runs_can_be_looked_at_without_them() {
        folder.withCompose("memcached:1.6\n", "memcached:1.6\n    environment: [B]\n");

        assertThat(folder.load().unreleasable()).extracting(Diagnostic::code).containsExactly("missing-variable");
    }

    @Test
    void the_first_configuration_lists_them_too_and_has_them_as_comments() {
        folder.withCompose("memcached:1.6\n", "memcached:1.6\n    environment: [B, \"C=${C}\"]\n");

        Starter starter = new Initializer(folder.path("other.yml")).propose();

        assertThat(starter.settle()).singleElement().satisfies(problem -> assertThat(problem.summary())
                .isEqualTo("all regions have no value for 2 variables: B (compose.yaml:9), C (compose.yaml:9)"));
        assertThat(starter.text())
                .contains("# - compose.yaml:9:19: all regions have no value for 2 variables: B (compose.yaml:9), C");
    }
}
