package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.core.model.App;

class InitializerTest {
    private static final String RAILS = """
            x-app: &app
              build: .
              image: ghcr.io/team/shop:${TAG:-latest}
              environment: { RAILS_ENV: production }
            services:
              db: { image: "postgres:17", ports: ["5432:5432"] }
              redis: { image: "redis:7" }
              web:
                <<: *app
                ports: ["${PORT:-3000}:3000"]
                healthcheck: { test: [CMD, curl, -f, "http://localhost:3000/up"] }
              worker: { <<: *app, command: bin/jobs }
            """;
    private static final String BUILT_ONLY = """
            services:
              cache: { image: memcached }
              app: { build: { context: . }, expose: [8000] }
            """;
    private static final String BEHIND_NGINX = """
            services:
              proxy: { image: "nginx:1.27", ports: ["80:80"] }
              blog: { image: "docker.io/team/blog:2" }
            """;
    private static final String ODDLY_NAMED = """
            services:
              "8080": { image: "localhost:5000/a/b", ports: [{ target: 80, published: 8000 }] }
            """;

    private Path directory = Path.of("");

    @BeforeEach
    void prepare(@TempDir Path parent) throws IOException {
        directory = Files.createDirectory(parent.resolve("My Shop (2)"));
    }

    static Stream<Arguments> composeFiles() {
        return Stream.of(
                arguments("compose.yaml", RAILS, "web", 3000, "ghcr.io/team/shop", "/up"),
                arguments("docker-compose.yml", BUILT_ONLY, "app", 8000, "my-shop-2", "/"),
                arguments("compose.yml", BEHIND_NGINX, "proxy", 80, "docker.io/team/blog", "/"),
                arguments("docker-compose.yaml", ODDLY_NAMED, "8080", 80, "localhost:5000/a/b", "/"));
    }

    @ParameterizedTest
    @MethodSource("composeFiles")
    void theProposalLoadsAndNamesTheRightService(
            String file, String compose, String service, int port, String image, String health) throws IOException {
        Files.writeString(directory.resolve(file), compose);

        Path written = new Initializer().write(directory);

        App app = new ConfigurationLoader().load(written).app();
        assertThat(app.name().value()).isEqualTo("my-shop-2");
        assertThat(app.serve().service()).isEqualTo(service);
        assertThat(app.serve().port()).isEqualTo(port);
        assertThat(app.serve().health().path()).isEqualTo(health);
        assertThat(app.image()).hasToString(image);
        assertThat(app.regions()).hasSize(2).allMatch(region -> region.provider()
                .equals("local"));
    }

    @Test
    void anExistingFileIsNeverOverwritten() throws IOException {
        Files.writeString(directory.resolve("compose.yaml"), BUILT_ONLY);
        Path mine = Files.writeString(directory.resolve("meridian.yml"), "mine");

        assertThat(summaries()).singleElement().satisfies(text -> assertThat(text)
                .endsWith("is there already"));
        assertThat(mine).hasContent("mine");
    }

    @Test
    void withoutAComposeFileItSaysWhatToDo() {
        assertThat(Folder.problems(() -> new Initializer().write(directory)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.summary())
                            .startsWith("there is no Compose file in ")
                            .contains("compose.yaml");
                    assertThat(problem.suggestion()).startsWith("Run this beside your app's Compose file");
                });
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void withoutAnyPortItSaysWhatToWrite() throws IOException {
        Files.writeString(directory.resolve("compose.yaml"), "services: { web: { image: a } }");

        assertThat(summaries()).singleElement().satisfies(text -> assertThat(text)
                .endsWith("has a port"));
    }

    @Test
    void anImageThatOnlyAVariableKnowsIsReportedAtItsPlace() throws IOException {
        Files.writeString(
                directory.resolve("compose.yaml"), "services: { web: { image: \"${IMAGE}\", expose: [80] } }");

        assertThat(Folder.problems(() -> new Initializer().write(directory)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where().orElseThrow().column()).isEqualTo(27);
                    assertThat(problem.suggestion()).contains("${IMAGE:-my-shop-2}");
                });
    }

    @Test
    void aComposeFileThatCannotWorkOnServersIsReportedAndNothingIsWritten() throws IOException {
        Files.writeString(
                directory.resolve("compose.yaml"),
                "services: { web: { image: a, expose: [80], volumes: [\"./a:/a\"] } }");

        assertThat(summaries()).singleElement().satisfies(text -> assertThat(text)
                .contains("not on a server"));
        assertThat(directory.resolve("meridian.yml")).doesNotExist();
    }

    private List<String> summaries() {
        return Folder.problems(() -> new Initializer().write(directory)).stream()
                .map(problem -> problem.summary())
                .toList();
    }
}
