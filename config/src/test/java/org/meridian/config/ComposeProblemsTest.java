package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.model.ComposeFile.Service;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Serve;

class ComposeProblemsTest {
    private static final String PORTS = "ports: [\"8080:3000\"]";
    private static final String IMAGE = "image: registry.example.com/journal:latest";

    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ports: ["3000:3000"]                                    | 3000
                    ports: ["8080:3000/tcp"]                                | 8080
                    ports: ["0.0.0.0:8080:3000"]                            | 8080
                    ports: [3000]                                           | 3000
                    ports: ["3000"]                                         | 3000
                    ports: ["8000-8010:3000"]                               | 3000
                    ports: ["8000-8005:2998-3003"]                          | 8002
                    ports: ["${WEB_PORT:-8090}:3000"]                           | 8090
                    ports: ["${WEB_PORT}:3000"]                                 | 3000
                    ports: ["${WEB_PORT:?set it}:3000"]                         | 3000
                    ports: ["53:53/udp", "8080:3000"]                       | 8080
                    ports: [{ target: 3000, published: "8070" }]            | 8070
                    ports: [{ target: 3000, published: 8070, mode: host }]  | 8070
                    ports: [{ target: 3000 }]                               | 3000
                    expose: ["3000"]                                        | 3000
                    expose: [2998-3003]                                     | 3000
                    """)
    void portsAreUnderstoodInEveryForm(String ports, int hostPort) {
        Serve serve = folder.withCompose(PORTS, ports).app().serve();

        assertThat(serve.port()).isEqualTo(3000);
        assertThat(serve.hostPort()).isEqualTo(hostPort);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ports: ["3000:web"]                | 4:13
                    ports: [abc]                       | 4:13
                    ports: ["0:3000", "3000"]          | 4:13
                    ports: ["3000", "3000:70000"]      | 4:21
                    ports: ["3000", { published: 80 }] | 4:21
                    ports: ["3000", [80]]              | 4:21
                    """)
    void whatIsNoPortIsReportedInTheComposeFile(String ports, String place) {
        folder.withCompose(PORTS, ports);

        assertThat(folder.lines()).anySatisfy(line -> assertThat(line).startsWith("compose.yaml:" + place + ": "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: registry.example.com/journal",
                "image: registry.example.com/journal:v1.2@sha256:0123456789012345678901234567890123456789012345678901234567890123",
                "image: registry.example.com/journal:${TAG}",
                "image: ${IMAGE:-registry.example.com/journal}",
                "image: \"${IMAGE-registry.example.com/journal}:${TAG:?}\"",
                "image: ${REGISTRY:-registry.example.com}/journal:${TAG:-latest}",
                "build: .",
            })
    void aServiceOfTheAppIsRecognised(String image) {
        Service web =
                folder.withCompose(IMAGE, image).app().compose().services().get("web");

        assertThat(web)
                .isEqualTo(new Service(
                        Optional.of(ImageReference.parse("registry.example.com/journal")),
                        true,
                        Map.of(3000, 8080),
                        Set.of()));
    }

    @Test
    void dockerHubsShortNamesAreTheSameImage() {
        folder.with("image: registry.example.com/journal", "image: docker.io/library/memcached");

        assertThat(folder.app().compose().services().get("cache"))
                .extracting(service -> service == null ? null : service.appImage())
                .isEqualTo(true);
    }

    @Test
    void aServiceOfTheSameFileMayBeExtended() {
        folder.write("compose.yaml", """
                services:
                  base: &base
                    image: registry.example.com/journal
                    expose: ["3000"]
                  web: { extends: { service: base }, ports: ["80:8080"] }
                  worker: { extends: base, command: work }
                  other: { <<: *base, command: other }
                """);

        assertThat(folder.app().serve().hostPort()).isEqualTo(3000);
        assertThat(folder.app().compose().services().values()).allMatch(Service::appImage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ports: [\"127.0.0.1:3000:3000\"]",
                "ports: [\"[::1]:3000:3000\"]",
                "ports: [{ target: 3000, published: 3000, host_ip: 127.0.0.1 }]",
            })
    void aPortOnOneAddressIsAcceptedSinceMeridianPublishesItItself(String ports) {
        Serve serve = folder.withCompose(PORTS, ports).app().serve();

        assertThat(serve.hostPort()).isEqualTo(3000);
        assertThat(serve.others()).isEmpty();
    }

    @Test
    void theOtherPortsOfTheServedServiceStayPublished() {
        Serve serve = folder.withCompose(
                        PORTS,
                        "ports: [\"127.0.0.1:3000:3000\", \"9090:9090\", \"127.0.0.1:81:80\", \"53:53/udp\", 7000]")
                .app()
                .serve();

        assertThat(serve.others()).containsExactly("9090:9090", "127.0.0.1:81:80", "53:53/udp");
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                arguments(PORTS, PORTS + "\n    network_mode: host", "5:19", "network_mode 'host' leaves no port"),
                arguments(PORTS, PORTS + "\n    profiles: [web]", "5:5", "has profiles"),
                arguments(PORTS, PORTS + "\n    deploy: { replicas: 3 }", "5:25", "runs 3 times"),
                arguments(PORTS, PORTS + "\n    scale: 2", "5:12", "runs 2 times"),
                arguments("expose: [11211]", "ports: [\"8080:11211\"]", "9:13", "takes the server's port 8080"),
                arguments(PORTS, PORTS + "\n    volumes: [\"~/a:/a\"]", "5:15", "mounts '~/a'"),
                arguments(PORTS, PORTS + "\n    volumes: [\"${D:-..}:/a\"]", "5:15", "lies outside"),
                arguments(
                        PORTS,
                        PORTS + "\n    build: .\n    volumes: [\".:/app\"]",
                        "6:15",
                        "over what is in the image"),
                arguments(PORTS, PORTS + "\n    env_file: .env", "5:15", "there is no file '.env'"),
                arguments(PORTS, PORTS + "\n    env_file: [{ path: a.env }]", "5:16", "there is no file 'a.env'"),
                arguments(
                        PORTS,
                        PORTS + "\n    extends: { file: a.yml, service: b }",
                        "5:22",
                        "there is no file 'a.yml'"),
                arguments(PORTS, PORTS + "\n    secrets: [db_password]", "5:15", "the secret 'db_password'"),
                arguments(PORTS, PORTS + "\n    secrets: [{ source: a, target: b }]", "5:25", "the secret 'a'"),
                arguments(PORTS, PORTS + "\n    configs: [a]", "5:15", "the config 'a', which is not defined"),
                arguments(PORTS, PORTS + "\n    volumes: [\"data:/data:ro\"]", "5:15", "the volume 'data'"),
                arguments(PORTS, PORTS + "\n    networks: { a: { aliases: [b] } }", "5:17", "the network 'a'"),
                arguments(PORTS, PORTS + "\n    depends_on: [cashe]", "5:18", "depends on 'cashe', which is not"),
                arguments(PORTS, PORTS + "\n    command: \"${A\"", "5:14", "is no variable that Compose"),
                arguments(PORTS, PORTS + "\n    extends: nobody", "5:14", "there is no service 'nobody'"),
                arguments("services:", "include: [a.yml]\nservices:", "1:11", "include: there is no file 'a.yml'"),
                arguments(
                        "services:",
                        "configs: { a: { file: a } }\nservices:",
                        "1:23",
                        "configs.a.file: there is no file 'a'"),
                arguments(
                        "services:",
                        "secrets: { a: { file: a } }\nservices:",
                        "1:23",
                        "secrets.a.file: there is no file 'a'"),
                arguments(
                        "services:",
                        "networks: { a: { external: true } }\nservices:",
                        "1:13",
                        "networks.a is external"),
                arguments(
                        "services:", "volumes: { a: { external: {name: b} } }\nservices:", "1:12", "volumes.a is ext"),
                arguments("image: memcached:1.6", "command: x", "7:3", "services.cache has no image"),
                arguments("image: memcached:1.6", "image: memcached:${V}", "8:12", "depends on the variable V"),
                arguments("image: memcached:1.6", "image: Mem Cached", "8:12", "services.cache.image: 'Mem Cached'"),
                arguments("services:", "servises:", "1:1", "this Compose file has no services"),
                arguments(Folder.COMPOSE, "- a\n", "1:1", "a list stands where keys with values"),
                arguments(Folder.COMPOSE, "services: [web]\n", "1:11", "a list stands where keys with values"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void whatCannotWorkOnAServerIsReportedInTheComposeFile(String part, String other, String place, String words) {
        folder.withCompose(part, other);

        assertThat(folder.lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("compose.yaml:" + place + ": ")
                .contains(words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    build: .              | build: cache                             | built from other sources
                    build: .              | build: { context: ., target: cache }     | built from other sources
                    build: .              | build: { context: . }                    | []
                    build: { context: . } | build: { context: ., args: { A: b } }    | []
                    """)
    void servicesBuiltFromDifferentSourcesCannotShareTheImage(String web, String cache, String words) {
        folder.write(
                "compose.yaml", Folder.replaced(Folder.COMPOSE, IMAGE, web).replace("image: memcached:1.6", cache));

        assertThat(folder.lines().toString()).contains(words);
    }

    @Test
    void whatMaySurpriseIsAWarning() {
        folder.withCompose("    expose: [11211]\n", "    container_name: cache\n    privileged: true\n");

        assertThat(folder.load().warnings())
                .extracting(folder::line)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("compose.yaml:9:21: services.cache.container_name"),
                        line -> assertThat(line).startsWith("compose.yaml:10:17: services.cache.privileged"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpus: all",
                "runtime: nvidia",
                "deploy: { resources: { reservations: { devices: [{ driver: nvidia, count: 1, capabilities: [gpu] }] } } }"
            })
    void a_service_that_wants_a_gpu_is_a_warning(String gpu) {
        folder.withCompose("    expose: [11211]\n", "    " + gpu + "\n");

        assertThat(folder.load().warnings())
                .extracting(folder::line)
                .singleElement()
                .asString()
                .startsWith("compose.yaml:9:5: services.cache." + gpu.split(":", 2)[0] + " asks for a GPU");
    }

    @Test
    void all_services_that_are_built_from_other_sources_than_the_served_one_are_named() {
        folder.write("compose.yaml", """
                services:
                  api: { build: ./api }
                  web: { build: ./web, ports: ["8080:3000"] }
                  worker: { build: ./web }
                  cache: { build: ./cache }
                """);

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .startsWith(
                        "compose.yaml:2:3: services.api, services.cache are built from other sources than services.web,"
                                + " and all would run the app's one image");
    }

    @Test
    void no_database_is_proposed_as_the_app_and_a_profile_is_told() {
        folder.write("compose.yaml", """
                services:
                  web: { image: example/shop, ports: ["8080:3000"] }
                  worker: { image: example/jobs, expose: [1] }
                  cache: { image: redis }
                  db: { image: "postgres:18" }
                """);
        assertThat(folder.lines()).singleElement().asString().endsWith("has: example/shop, example/jobs.");

        folder.withCompose("    ports: [\"8080:3000\"]\n", "    ports: [\"8080:3000\"]\n    profiles: [app]\n")
                .write(
                        "compose.yaml",
                        folder.read("compose.yaml")
                                .replace("  worker:\n    image: registry.example.com/journal\n", ""));
        assertThat(folder.lines()).anySatisfy(line -> assertThat(line)
                .contains("services.web does, but its profiles are not active", "COMPOSE_PROFILES=app"));
    }

    @Test
    void whatWorksOnAServerIsNotReported() {
        folder.withCompose(PORTS, PORTS + """

                            volumes: [/srv/data:/data:ro, ./here-or-not:/cache, /tmp]
                            env_file: [{ path: local.env, required: false }]
                            deploy: { replicas: 1 }
                            restart: unless-stopped
                        """);

        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void aServiceWithoutPortsSaysWhatToWrite() {
        folder.withCompose("    " + PORTS + "\n", "");

        assertThat(folder.lines())
                .containsExactly(
                        "meridian.yml:18:9: serve.port: the service 'web' has no port 3000 in the Compose file;"
                                + " it has none | Write 'expose: [\"3000\"]' at the service there.");
    }
}
