package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.config.ConfigurationLoader;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposePort;
import org.meridian.config.compose.ComposeReader;
import org.meridian.config.compose.ComposeService;
import org.meridian.config.compose.ComposeSources;
import org.meridian.config.compose.VariablesFile;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;
import org.meridian.core.variables.Variables;
import org.meridian.testkit.ComposePlugin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Docker Compose's own 'config' says what a project means; Meridian's reading of the same files has to say it too. */
final class ComposeOracleTest {
    private static final Map<String, String> VARIABLES = Map.of("TAG", "7", "EMPTY", "", "PORT", "8081");

    @TempDir
    private Path directory = Path.of("");

    private Optional<ComposePlugin> compose = Optional.empty();

    @BeforeEach
    void find() {
        compose = ComposePlugin.find();
        Assumptions.assumeTrue(compose.isPresent(), "there is no Docker Compose here; scripts/setup gets it");
    }

    @Test
    void interpolation_merges_extends_and_includes_are_read_alike() throws Exception {
        write("compose.yaml", """
                include: [other/compose.yaml]
                x-base: &base
                  restart: always
                  image: "journal:${TAG:-1}"
                services:
                  web:
                    <<: *base
                    ports: ["127.0.0.1:${PORT}:3000", "53:53/udp", "9000-9001:9000-9001"]
                    environment: ["A=${TAG}", "B=$$HOME ${NONE:-d}", "C=${EMPTY-x}|${EMPTY:-y}|${TAG:+z}"]
                    volumes: ["data:/data", "/srv:/srv:ro"]
                    profiles: ["${EMPTY:-web}"]
                  worker: { extends: web, image: worker, environment: { A: own }, profiles: [] }
                  far: { extends: { file: base/base.yaml, service: base }, environment: [OWN=1] }
                  db: { image: "postgres:${TAG}", environment: { P: "${DOTENV}" } }
                  gone: { image: gone, profiles: [never] }
                volumes: { data: {} }
                """);
        write("over.yaml", """
                services:
                  web: { environment: { A: over }, ports: !override ["80:3000"], volumes: ["/other:/srv"] }
                  db: { environment: !reset null, image: "postgres:over" }
                  cache: { image: "redis:over" }
                """);
        write(
                "other/compose.yaml",
                "services: { cache: { image: 'redis:${SUB:-none}', environment: { S: '${SUB}' } } }");
        write("other/.env", "SUB=sub-${TAG}\n");
        write("base/base.yaml", "services: { base: { image: 'base:${TAG}', environment: { BASE: 'yes' } } }");
        write(".env", "DOTENV=beside ${TAG}\nTAG=hidden\nCOMPOSE_PROFILES=web\n");

        compare("compose.yaml");
        compare("compose.yaml", "over.yaml");
    }

    /** The variable in ".env" says which files there are, relative to it; a second ".env" lies beside the first of them. */
    @Test
    void the_files_that_a_variable_names_are_read_as_compose_reads_them() throws Exception {
        write(".env", "COMPOSE_FILE=deploy/a.yaml;b.yaml\nCOMPOSE_PATH_SEPARATOR=;\nWHO=top\nTOP=top\n");
        write("deploy/.env", "WHO=deploy\nDEPLOY=${TOP}/deploy\n");
        write(
                "deploy/a.yaml",
                "services: { web: { image: 'journal:${WHO}', expose: [3000], environment: { D: '${DEPLOY}' } } }");
        write("b.yaml", "services: { web: { environment: { B: '${TOP}' }, volumes: ['./data:/data'] } }");
        write("compose.yaml", "services: { web: { image: other } }");
        write("deploy/data/file", "");
        write("meridian.yml", """
                app: journal
                image: journal
                primary: eu
                regions: { eu: { provider: local, location: DE } }
                serve: { service: web, port: 3000 }
                env: { TAG: 7, EMPTY: "", PORT: 8081 }
                """);

        App app = new ConfigurationLoader()
                .load(directory.resolve("meridian.yml"))
                .app();
        assertThat(app.compose().beside().main()).isEqualTo("deploy/a.yaml");
        assertThat(app.compose().beside().over()).containsExactly("b.yaml");
        assertThat(app.compose().beside().files()).containsOnlyKeys("b.yaml", "deploy/data/file");
        assertThat(app.region(new RegionName("eu")).secrets())
                .containsExactly("compose-file:.env", "compose-file:deploy/.env");
        ComposePlugin.Answer answer = asked();
        assertThat(answer.exitCode()).as(answer.errors()).isZero();
        JsonNode web = JsonMapper.shared().readTree(answer.output()).at("/services/web");
        assertThat(web.path("image").asString("")).isEqualTo("journal:top");
        assertThat(web.path("environment").toString()).isEqualTo("{\"B\":\"top\",\"D\":\"top/deploy\"}");
        Problems problems = new Problems();
        Variables given = Variables.of(VARIABLES);
        ComposeSources sources = new ComposeSources(problems, ComposeOracleTest::text);
        Variables all = given;
        for (Path file : VariablesFile.of(directory, directory.resolve("deploy/a.yaml"))) {
            all = all.or(sources.variables(file, all));
        }
        ComposeDocument document = new ComposeReader(problems)
                .read(sources, List.of(directory.resolve("deploy/a.yaml"), directory.resolve("b.yaml")), all)
                .orElseThrow();
        problems.throwIfAny();
        assertThat(document.service("web").orElseThrow().variables()).isEqualTo(Map.of("B", "top", "D", "top/deploy"));
        assertThat(document.service("web").orElseThrow().image().orElseThrow().text())
                .isEqualTo("journal:top");
    }

    /** Those of the public files that Compose reads without a variable that is not set. */
    @Test
    void public_compose_files_are_read_alike() throws Exception {
        String corpus = System.getenv("MERIDIAN_CORPUS");
        Assumptions.assumeTrue(corpus != null, "MERIDIAN_CORPUS names no folder of Compose files");
        List<Path> all;
        try (Stream<Path> files = Files.walk(Path.of(corpus), 2)) {
            all = files.filter(file -> file.toString().matches(".*compose[^/]*[.]ya?ml"))
                    .sorted()
                    .toList();
        }
        int compared = 0;
        for (Path file : all) {
            write("compose.yaml", Files.readString(file));
            ComposePlugin.Answer answer = asked("compose.yaml");
            if (answer.exitCode() == 0 && !answer.errors().contains("variable is not set")) {
                compare("compose.yaml");
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    @Test
    void what_compose_refuses_is_refused() throws Exception {
        for (String body : List.of(
                "extends: nobody, image: a",
                "image: '${A'",
                "image: '${A:x}'",
                "extends: { file: none.yaml, service: a }")) {
            write("compose.yaml", "services: { web: { " + body + " } }");

            assertThat(asked("compose.yaml").exitCode()).as(body).isNotZero();
            Problems problems = new Problems();
            read(problems, "compose.yaml");
            assertThat(catchThrowable(problems::throwIfAny)).as(body).isNotNull();
        }
    }

    private void compare(String... files) throws Exception {
        ComposePlugin.Answer answer = asked(files);
        assertThat(answer.exitCode()).as(answer.errors()).isZero();
        Problems problems = new Problems();
        ComposeDocument document = read(problems, files).orElseThrow();
        problems.throwIfAny();

        JsonNode services = JsonMapper.shared().readTree(answer.output()).get("services");
        Map<String, List<String>> theirs = new TreeMap<>();
        services.properties().forEach(service -> theirs.put(service.getKey(), facts(service.getValue())));
        Map<String, List<String>> ours = new TreeMap<>();
        document.services().forEach(service -> ours.put(service.name(), facts(service)));
        assertThat(ours).isEqualTo(theirs);
    }

    private ComposePlugin.Answer asked(String... files) throws InterruptedException {
        List<String> arguments = new ArrayList<>();
        for (String file : files) {
            arguments.addAll(List.of("--file", file));
        }
        arguments.addAll(List.of("config", "--format", "json"));
        return compose.orElseThrow().run(directory, VARIABLES, arguments);
    }

    private Optional<ComposeDocument> read(Problems problems, String... files) {
        ComposeSources sources = new ComposeSources(problems, ComposeOracleTest::text);
        Variables given = Variables.of(VARIABLES);
        Variables all = given.or(sources.variables(directory.resolve(".env"), given));
        List<Path> paths = Arrays.stream(files).map(directory::resolve).toList();
        return new ComposeReader(problems).read(sources, paths, all);
    }

    /** Image, variables, published TCP ports. */
    private static List<String> facts(JsonNode service) {
        List<String> facts = new ArrayList<>();
        facts.add(service.path("image").asString(""));
        service.path("environment")
                .properties()
                .forEach(variable -> facts.add(variable.getKey() + "="
                        + variable.getValue().asString("").replace("$$", "$")));
        service.path("ports").forEach(port -> {
            if (port.path("protocol").asString("").equals("tcp") && port.has("published")) {
                facts.add(port.path("host_ip").asString("") + ":"
                        + port.path("published").asString("") + ":"
                        + port.path("target").asInt(0));
            }
        });
        service.path("volumes")
                .forEach(mount -> facts.add(mount.path("source").asString("") + " at "
                        + mount.path("target").asString("")));
        return facts.stream().sorted().toList();
    }

    private List<String> facts(ComposeService service) {
        List<String> facts = new ArrayList<>();
        facts.add(service.image().map(Scalar::text).orElse(""));
        service.variables().forEach((name, value) -> facts.add(name + "=" + value));
        for (ComposePort port : service.ports()) {
            port.host().ifPresent(host -> facts.add(port.hostIp() + ":" + host + ":" + port.container()));
        }
        service.mounts().stream().map(this::absolute).forEach(facts::add);
        return facts.stream().sorted().toList();
    }

    private String absolute(String mount) {
        if (!mount.startsWith(".")) {
            return mount;
        }
        String[] parts = mount.split(" at ", 2);
        return directory.resolve(parts[0]).normalize() + " at " + parts[1];
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
