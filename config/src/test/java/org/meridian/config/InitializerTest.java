package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlFile;
import org.meridian.config.guess.Guesses;
import org.meridian.core.diagnostic.Diagnostic;
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
              "8080": { image: "localhost:5000/a/b:1.11.0", ports: [{ target: 80, published: 8000 }] }
            """;

    private Path directory = Path.of("");

    @BeforeEach
    void prepare(@TempDir Path parent) throws IOException {
        directory = Files.createDirectory(parent.resolve("My Shop (2)"));
    }

    static Stream<Arguments> composeFiles() {
        return Stream.of(
                arguments("compose.yaml", RAILS, "web", 3000, "ghcr.io/team/shop:latest", "/up"),
                arguments("docker-compose.yml", BUILT_ONLY, "app", 8000, "my-shop-2", "/"),
                arguments("compose.yml", BEHIND_NGINX, "proxy", 80, "docker.io/team/blog:2", "/"),
                arguments("docker-compose.yaml", ODDLY_NAMED, "8080", 80, "localhost:5000/a/b:1.11.0", "/"));
    }

    @ParameterizedTest
    @MethodSource("composeFiles")
    void theProposalLoadsAndNamesTheRightServiceAndKeepsTheTag(
            String file, String compose, String service, int port, String image, String health) throws IOException {
        Files.writeString(directory.resolve(file), compose);

        Starter starter = starter();

        assertThat(starter.settle()).isEmpty();
        App app = new ConfigurationLoader().load(written(starter)).app();
        assertThat(app.name().value()).isEqualTo("my-shop-2");
        assertThat(app.serve().service()).isEqualTo(service);
        assertThat(app.serve().port()).isEqualTo(port);
        assertThat(app.serve().health().path()).isEqualTo(health);
        assertThat(app.image()).hasToString(image);
        assertThat(app.regions()).hasSize(2).allMatch(region -> region.provider()
                .equals("local"));
    }

    @Test
    void theFileIsProposedThoughTheComposeFileHasProblemsWhichAreListedWithTheirLines() throws IOException {
        write("""
                services:
                  web:
                    image: journal:3
                    ports: ["3000:3000"]
                    volumes: ["~/a:/a"]
                  helper: { build: helper, image: "${HELPER}" }
                """);

        Starter starter = starter();

        assertThat(starter.settle()).isNotEmpty().anySatisfy(problem -> assertThat(problem.summary())
                .contains("'~/a'"));
        assertThat(starter.text())
                .contains("image: journal:3  # the image of services.web\n")
                .contains("\n# To settle before a deploy:\n# - compose.yaml:5:15: services.web.volumes")
                .doesNotContain(directory.toString());
        assertThat(Folder.problems(() -> new ConfigurationLoader().load(written(starter))))
                .isEqualTo(starter.settle());
    }

    @Test
    void eachGuessSaysWhyOnTheScreenAndInTheFile() throws IOException {
        write(RAILS);

        Starter starter = starter();

        assertThat(starter.guesses().health().because()).isEqualTo("its health check in the Compose file");
        assertThat(starter.text())
                .contains("  service: web  # the only app in this file that has a port\n")
                .contains("  port: 3000  # the port that it publishes or exposes\n")
                .contains("  health: { path: /up }  # its health check in the Compose file\n");
    }

    @Test
    void aDatabaseIsNeverServedNorProposedToBePublished() throws IOException {
        write("""
                services:
                  docs: { image: "debian:12", ports: ["127.0.0.1:27017:27017"] }
                  sql: { image: "postgres:18", ports: ["127.0.0.1:5432:5432"] }
                """);

        Starter starter = starter();

        assertThat(starter.guesses().service().value()).isEqualTo("web");
        assertThat(starter.settle()).first().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("no-app");
            assertThat(problem.suggestion()).startsWith("Add your app there");
        });
        assertThat(starter.text()).doesNotContain("27017", "5432", "docs", "sql");
    }

    @Test
    void anImageThatOnlyAVariableKnowsIsToSettleAndNoOtherImageIsProposedForIt() throws IOException {
        write("services: { web: { image: \"${IMAGE}\", expose: [80] }, db: { image: \"postgres:18\" } }");

        Starter starter = starter();

        assertThat(starter.guesses().image().known()).isFalse();
        assertThat(starter.settle()).isNotEmpty();
        assertThat(starter.text()).doesNotContain("postgres");
    }

    @Test
    void aFileWithoutServicesGetsAProposalToo() throws IOException {
        write("include: [other.yaml]\n");

        assertThat(starter().settle()).extracting(Diagnostic::code).contains("missing-file");
    }

    @Test
    void aFileOfTheFirstComposeHasNoServicesAndIsNotToldThatNoneLooksLikeAnApp() throws IOException {
        write("web:\n  image: example/shop:1\n  ports: ['80:80']\n");

        assertThat(starter().settle()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("not-compose");
            assertThat(problem.suggestion()).contains("services:");
        });
    }

    @Test
    void whatTheVariablesBesideSetIsInTheGuesses() throws IOException {
        write("""
                services:
                  web:
                    image: example/shop:${SHOP_VERSION:-latest}
                    ports: ["80:${SHOP_PORT:-3000}"]
                    healthcheck: { test: "${SHOP_CHECK:-curl localhost:3000/up}" }
                """);
        Files.writeString(
                directory.resolve(".env"), "SHOP_VERSION=2.1\nSHOP_PORT=4000\nSHOP_CHECK=curl localhost:4000/fit\n");

        assertThat(guessed(starter())).isEqualTo("web 4000 /fit example/shop:2.1");
    }

    @Test
    void aProfileThatTheVariablesBesideTurnOnDoesNotSpeakAgainstAService() throws IOException {
        write("""
                services:
                  page: { image: "example/page:1", ports: ["81:3000"] }
                  site: { image: "example/site:1", ports: ["80:3000"], profiles: [full] }
                """);
        Files.writeString(directory.resolve(".env"), "COMPOSE_PROFILES=full\n");

        assertThat(guessed(starter())).startsWith("site ");
    }

    private static final String WHOLE =
            "services: { web: { image: 'example/shop:1', command: bin/dev, expose: [3000] } }\n";

    static Stream<Arguments> filesForProduction() {
        return Stream.of(
                arguments("compose.prod.yaml", WHOLE, "compose.prod.yaml", "web 3000 / example/shop:1"),
                arguments(
                        "docker-compose.production.yml",
                        "services: { site: { image: 'example/site:2', ports: ['80:8000'] } }\n",
                        "docker-compose.production.yml",
                        "site 8000 / example/site:2"),
                arguments(
                        "docker-compose.prod.yml",
                        "services: { web: { healthcheck: { test: 'curl localhost:3000/fit' } } }\n",
                        "[compose.yaml, docker-compose.prod.yml]",
                        "web 3000 /fit example/shop:1"),
                arguments(
                        "compose.production.yml",
                        "services: { web: { build: { target: prod } } }\n",
                        "[compose.yaml, compose.production.yml]",
                        "web 3000 / example/shop:1"));
    }

    @ParameterizedTest
    @MethodSource("filesForProduction")
    void aFileForProductionIsTakenOrLaidOverTheOneForEverywhere(String name, String text, String files, String guesses)
            throws IOException {
        write(WHOLE);
        Files.writeString(directory.resolve(name), text);

        assertThat(starter().compose()).isEqualTo(files);
        assertThat(guessed(starter())).isEqualTo(guesses);
    }

    @Test
    void aFileForProductionAloneIsEnough() throws IOException {
        Files.writeString(directory.resolve("docker-compose.production.yml"), WHOLE);

        assertThat(starter().compose()).isEqualTo("docker-compose.production.yml");
    }

    @Test
    void withoutAComposeFileItSaysWhatToDo() {
        assertThat(Folder.problems(this::starter)).singleElement().satisfies(problem -> {
            assertThat(problem.summary())
                    .startsWith("there is no Compose file in ")
                    .contains("compose.yaml");
            assertThat(problem.suggestion()).startsWith("Run this beside your app's Compose file");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- web", "services: [", "a: *b"})
    void whatIsNoYamlOrNoComposeFileIsReported(String text) throws IOException {
        write(text);

        assertThat(Folder.problems(this::starter)).isNotEmpty();
    }

    @Test
    void aServiceThatIsPublishedOnNoPortIsProposedAndThePortIsToSettle() throws IOException {
        write("services: { web: { image: a } }");

        Starter starter = starter();

        assertThat(starter.guesses().port().known()).isFalse();
        assertThat(starter.settle())
                .singleElement()
                .extracting(Diagnostic::suggestion)
                .isEqualTo("Write 'expose: [\"3000\"]' at the service there.");
    }

    @Test
    void whateverStandsInTheComposeFileTheProposalIsYaml() throws IOException {
        String odd = "\"'#:&*!|>%@`{}[],?-~ \\\\n\\\\t\\\\u0007\\\\u2028\\\\uFFFEé€";
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            StringBuilder name = new StringBuilder("web");
            random.ints(6, 0, odd.length()).forEach(at -> name.append(odd.charAt(at)));
            String quoted = name.toString().replaceAll("\\\\+", "").replace("\"", "\\\"");
            write("services: { \"" + quoted + "\": { image: \"" + quoted + "\", expose: [3000] } }");

            Starter starter = starter();

            Problems problems = new Problems();
            assertThat(new YamlFile("meridian.yml", problems).parse(starter.text()))
                    .as("seed 7, round %d: %s", i, quoted)
                    .isPresent();
            assertThat(starter.guesses().service().value())
                    .isEqualTo(name.toString().replaceAll("\\\\+", ""));
        }
    }

    private Starter starter() {
        return new Initializer(directory.resolve("meridian.yml")).propose();
    }

    private void write(String compose) throws IOException {
        Files.writeString(directory.resolve("compose.yaml"), compose);
    }

    private static String guessed(Starter starter) {
        Guesses guesses = starter.guesses();
        return guesses.service().value() + " " + guesses.port().value() + " "
                + guesses.health().value() + " " + guesses.image().value();
    }

    private Path written(Starter starter) {
        try {
            return Files.writeString(directory.resolve("meridian.yml"), starter.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_file_named_like_a_compose_file_is_taken_where_no_other_is_there() throws IOException {
        Files.writeString(directory.resolve("deploy-compose.yml"), BUILT_ONLY);
        Files.writeString(directory.resolve("other.yml"), "a: b\n");

        assertThat(starter().compose()).isEqualTo("deploy-compose.yml");
    }

    @Test
    void several_files_named_like_a_compose_file_are_proposed() throws IOException {
        Files.writeString(directory.resolve("compose.blue.yml"), BUILT_ONLY);
        Files.writeString(directory.resolve("compose.green.yml"), BUILT_ONLY);

        assertThat(Folder.problems(this::starter)).singleElement().satisfies(problem -> assertThat(problem.suggestion())
                .contains("COMPOSE_FILE=compose.blue.yml; here are compose.blue.yml, compose.green.yml."));
    }

    @Test
    void the_port_that_only_the_override_file_tells_is_proposed() throws IOException {
        Files.writeString(directory.resolve("docker-compose.yml"), "services: { web: { image: 'example/shop:1' } }\n");
        Files.writeString(
                directory.resolve("docker-compose.override.yml"),
                "services: { web: { environment: ['ASPNETCORE_URLS=http://+:8080'], ports: ['5106:8080'] } }\n");

        Starter starter = starter();

        assertThat(starter.guesses().port().value()).isEqualTo(8080);
        assertThat(starter.guesses().port().because()).endsWith(", in the override file");
        assertThat(starter.compose()).isEqualTo("docker-compose.yml");
    }
}
