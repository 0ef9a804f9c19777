package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.model.AppName;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.Installation;
import org.meridian.testkit.ComposePlugin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Docker Compose itself reads in a release that is placed by the real scripts, below directories of the test. */
final class PlacedReleaseTest {
    private static final HealthCheck HEALTH =
            new HealthCheck("/up", Duration.ofSeconds(1), Duration.ofSeconds(1), 2, Duration.ofMinutes(1));

    @TempDir
    private Path root;

    private Path opt = Path.of("");
    private Path run = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        Optional<ComposePlugin> found = ComposePlugin.find();
        Assumptions.assumeTrue(found.isPresent(), "there is no Docker Compose here; scripts/setup gets it");
        opt = link("mo");
        run = link("mr");
        program("docker", "shift; exec '" + found.orElseThrow().program() + "' \"$@\"");
        program("systemd-creds", "echo 'no key here' >&2; exit 1");
    }

    private Path link(String prefix) throws IOException {
        String name = "/tmp/" + prefix + UUID.randomUUID().toString().substring(0, 6);
        return Files.createSymbolicLink(Path.of(name), Files.createDirectory(root.resolve(prefix)));
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.createDirectories(root.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void removeLinks() throws IOException {
        for (Path link : List.of(opt, run)) {
            if (Files.isSymbolicLink(link)) {
                Files.delete(link);
            }
        }
    }

    @Test
    void secrets_and_env_beat_what_the_compose_file_sets_and_env_files() throws Exception {
        place(
                """
                services:
                  web:
                    image: journal
                    ports: ["127.0.0.1:3000:3000", "9090:9090"]
                    env_file: [web.env, { path: none.env, required: false }]
                    environment:
                      - DATABASE_URL=postgres://postgres:postgres@db:5432/app
                      - RAILS_ENV=development
                      - LEVEL=${LEVEL:-debug}
                      - HOME
                  cache:
                    image: redis
                    command: redis-server --loglevel ${LEVEL:-debug}
                    environment: { LEVEL: "${DOTENV:?}" }
                """,
                BesideFiles.NONE,
                Map.of("LEVEL", "info", "HOME", "/app"),
                Map.of("DATABASE_URL", Secret.of("postgres://prod:p$w\"d@db.example.com/app")),
                Map.of(
                        "web.env", "DATABASE_URL=other\nFROM_FILE=${LEVEL} ${DOTENV}\n",
                        ".env", "DOTENV=beside-${LEVEL}\nLEVEL=hidden\n"));

        JsonNode services = services();
        assertThat(services.at("/web/environment").toString())
                .contains("\"DATABASE_URL\":\"postgres://prod:p$$w\\\"d@db.example.com/app\"")
                .contains("\"RAILS_ENV\":\"development\"", "\"LEVEL\":\"info\"", "\"HOME\":\"/app\"")
                .contains("\"FROM_FILE\":\"info beside-info\"");
        assertThat(services.at("/cache/environment/LEVEL").asString()).isEqualTo("beside-info");
        assertThat(services.at("/cache/command").toString()).contains("info");
        assertThat(services.at("/web/ports").toString())
                .contains("\"target\":3000,\"published\":\"80\"", "\"published\":\"9090\"")
                .doesNotContain("127.0.0.1");
    }

    /** Compose puts variables into each file before it lays the override on top. */
    @Test
    void a_tag_that_has_to_be_given_is_no_error_where_the_image_is_replaced() throws Exception {
        place("""
                services:
                  web: { image: "journal:${TAG:?no tag}", build: { context: ., args: { V: "${VERSION?}" } } }
                  cache: { image: redis, command: "${OTHER:-quiet}" }
                """, BesideFiles.NONE.giving(Set.of("TAG", "VERSION")), Map.of(), Map.of(), Map.of());

        assertThat(services().at("/web/image").asString()).contains("@sha256:");
        assertThat(services().at("/web/environment").has("TAG")).isFalse();
    }

    @Test
    void variables_beside_the_configuration_win_over_those_beside_a_compose_file_below() throws Exception {
        place(
                "services: { web: { image: journal }, cache: { image: redis, command: '${TOP} ${WHO} ${DEPLOY}' } }",
                new BesideFiles("deploy/compose.yaml", List.of(), Map.of()).giving(Set.of("WHO")),
                Map.of(),
                Map.of(),
                Map.of(".env", "TOP=top\nWHO=top\n", "deploy/.env", "WHO=deploy\nDEPLOY=${WHO}/deploy\n"));

        assertThat(services().at("/cache/command").toString()).isEqualTo("[\"top\",\"top\",\"top/deploy\"]");
    }

    @Test
    void files_beside_the_compose_file_are_where_it_says_and_secret_ones_are_not_among_them() throws Exception {
        place(
                """
                include: [../cache/compose.yaml]
                services:
                  web:
                    extends: { file: base.yaml, service: base }
                    volumes: ["./run me.sh:/run.sh"]
                    secrets: [key]
                secrets: { key: { file: key.txt } }
                """,
                new BesideFiles(
                        "deploy/compose.yaml",
                        List.of("deploy/over.yaml"),
                        Map.of(
                                "deploy/over.yaml", content("services: { web: { environment: { OVER: 1 } } }", false),
                                "deploy/base.yaml", content("services: { base: { image: journal } }", false),
                                "deploy/run me.sh", content("#!/bin/sh\n", true),
                                "cache/conf", content("conf", false),
                                "cache/compose.yaml",
                                        content(
                                                "services: { cache: { image: redis, volumes: ['./conf:/c'] } }",
                                                false))),
                Map.of(),
                Map.of(),
                Map.of("deploy/key.txt", "hunter2"));

        JsonNode services = services();
        Path script = Path.of(services.at("/web/volumes/0/source").asString());
        assertThat(script).hasContent("#!/bin/sh\n").isExecutable();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-xr-x");
        assertThat(Path.of(services.at("/cache/volumes/0/source").asString())).hasContent("conf");
        assertThat(services.at("/web/environment/OVER").asString()).isEqualTo("1");
        assertThat(services.at("/web/image").asString()).contains("journal@sha256");
        Path key = release().resolve("project/deploy/key.txt");
        assertThat(key).isSymbolicLink().hasContent("hunter2");
        assertThat(key.toRealPath()).startsWith(run.toRealPath());
    }

    private static BesideFiles.Content content(String text, boolean executable) {
        return new BesideFiles.Content(base64(text), executable);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void place(
            String text,
            BesideFiles beside,
            Map<String, String> environment,
            Map<String, Secret> secrets,
            Map<String, String> hidden)
            throws Exception {
        Release release = new Release(
                new ReleaseId(3),
                "0123456789ab",
                Instant.EPOCH,
                "v3",
                new Release.Content(
                        text,
                        beside,
                        Map.of(
                                "web", ImageReference.parse("journal@sha256:" + "a".repeat(64)),
                                "cache", ImageReference.parse("redis@sha256:" + "b".repeat(64))),
                        List.of("web"),
                        new Serve("web", 3000, 80, HEALTH, List.of("9090:9090")),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Map.of()));
        Map<String, Secret> files = new HashMap<>();
        hidden.forEach((path, content) -> files.put(path, Secret.of(base64(content))));
        Server server = new Server(
                new ServerName("journal-lab-r3-1"),
                new RegionName("lab"),
                new ReleaseId(3),
                "0123456789ab",
                Optional.of("10.0.0.4"),
                Optional.empty(),
                Server.State.RUNNING);
        var command = new HostCommands("journal", server)
                .place(
                        new Installation(new AppName("journal"), release, environment, secrets, files),
                        LogSettings.USUAL,
                        Publishing.TO_THE_NETWORK);
        Path input = Files.writeString(
                root.resolve("input"), here(command.input().orElseThrow().reveal()));
        List<String> argv = command.argv().stream().map(this::here).toList();
        assertThat(run(new ProcessBuilder(argv).redirectInput(input.toFile()))).startsWith("plain");
    }

    /** The scripts' own directories are the machine's; these are the test's, with names as long, since a tar has sizes. */
    private String here(String text) {
        return text.replace("/opt/meridian", opt.toString()).replace("/run/meridian", run.toString());
    }

    private Path release() {
        return opt.resolve("journal/r3");
    }

    private JsonNode services() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(release().resolve("compose").toString(), "config", "--format", "json");
        builder.environment().put("LEVEL", "of the machine");
        return JsonMapper.shared().readTree(run(builder)).get("services");
    }

    private String run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path errors = root.resolve("errors");
        builder.environment().merge("PATH", "/usr/bin:/bin", (given, usual) -> root.resolve("bin") + ":" + given);
        Process process = builder.redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return output;
    }
}
