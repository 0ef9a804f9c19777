package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Backup;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.LogShipping;
import org.meridian.core.model.Machine;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.PushedImage;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.SshAddress;
import org.meridian.core.spi.Installation;
import org.meridian.drivers.command.Command;

final class ReleaseFilesTest {
    private static final AppName APP = new AppName("journal");
    private static final ReleaseId ID = new ReleaseId(3);
    private static final Serve SERVE = new Serve(
            "web",
            3000,
            80,
            new HealthCheck("/up?deep=1", Duration.ofSeconds(1), Duration.ofMillis(1500), 2, Duration.ofMinutes(1)));
    private static final Release RELEASE = new Release(
            ID,
            "0123456789ab",
            Instant.EPOCH,
            "v3",
            new Release.Content(
                    "services: {}\n",
                    Map.of(
                            "web", ImageReference.parse("registry.example.com/journal@sha256:" + "a".repeat(64)),
                            "cache", ImageReference.parse("memcached@sha256:" + "b".repeat(64))),
                    List.of("web"),
                    SERVE,
                    Optional.empty(),
                    Map.of(),
                    Map.of(),
                    Map.of()));
    private static final Server SERVER = server(
            Machine.made(new MachineName("journal-lab-r3-1"), Optional.of("10.0.0.4"), Optional.empty()),
            OptionalInt.empty());
    private static final Server SEATED = server(
            Machine.listed(SshAddress.parse("ops@lab"), Optional.of("10.0.0.4"), Optional.empty()),
            OptionalInt.of(20_004));
    private static final LogSettings SHIPPED = new LogSettings(
            "20m",
            2,
            Optional.of(new LogShipping(
                    new LogShipping.Http(URI.create("https://logs.example.com/in"), Optional.of("LOGS_TOKEN")),
                    List.of("LOGS_TOKEN"),
                    ImageReference.parse("registry.example.com/vector:1"))));
    private static final HostCommands COMMANDS = HostCommands.of(APP, SERVER);

    @Test
    void the_override_pins_images_and_gives_the_app_its_environment_and_port() {
        assertThat(ComposeOverride.of(RELEASE.content(), List.of("B", "A"), "80:3000", false))
                .isEqualTo("""
                        services:
                          "cache":
                            image: "memcached@sha256:%s"
                            build: !reset null
                          "web":
                            image: "registry.example.com/journal@sha256:%s"
                            build: !reset null
                            environment: ["A", "B"]
                            ports: !override ["80:3000"]
                        """.formatted("b".repeat(64), "a".repeat(64)));
    }

    @Test
    void beneath_the_teams_file_every_container_has_limits_for_its_log() {
        assertThat(ComposeDefaults.of(RELEASE.content(), LogSettings.USUAL)).isEqualTo("""
                        services:
                          "cache":
                            logging: { driver: json-file, options: { max-size: "10m", max-file: "3" } }
                          "web":
                            logging: { driver: json-file, options: { max-size: "10m", max-file: "3" } }
                        """);
        assertThat(ComposeDefaults.of(RELEASE.content(), new LogSettings("1g", 1, Optional.empty())))
                .contains("{ max-size: \"1g\", max-file: \"1\" }")
                .doesNotContain("10m");
    }

    @Test
    void what_ships_logs_is_a_service_that_compose_starts_only_by_its_name() {
        assertThat(files(SHIPPED))
                .contains("  \"meridian-vector\":\n    image: \"registry.example.com/vector:1\"\n")
                .contains("    profiles: [\"meridian-vector\"]\n")
                .contains("    environment: { \"MERIDIAN_APP\": \"${MERIDIAN_APP:-}\", ")
                .contains(
                        ", \"LOGS_TOKEN\": \"${LOGS_TOKEN:-}\", VECTOR_DANGEROUSLY_ALLOW_ENV_VAR_INTERPOLATION: \"true\" }\n")
                .contains(
                        "[\"/opt/meridian/journal/r3/vector.toml:/etc/vector/vector.toml:ro\", \"/var/run/docker.sock")
                .contains("    logging: { driver: json-file, options: { max-size: \"20m\", max-file: \"2\" } }\n");
    }

    @Test
    void the_token_of_a_log_service_is_in_the_environment_file_alone() {
        Command place = COMMANDS.place(
                installation(Map.of("LOGS_TOKEN", Secret.of("hunter2"))), SHIPPED, Publishing.TO_THE_NETWORK);

        String files = place.input().map(Secret::reveal).orElseThrow();
        assertThat(files).contains("docker_logs", "auth.token = \"${LOGS_TOKEN}\"");
        assertThat(files.split("hunter2", -1)).hasSize(2);
        assertThat(files).contains("\nLOGS_TOKEN=\"hunter2\"\n");
        assertThat(place.toString()).doesNotContain("hunter2");
    }

    @Test
    void without_shipping_nothing_of_it_is_on_a_server() {
        assertThat(files(LogSettings.USUAL))
                .contains("meridian.defaults.yaml")
                .doesNotContain("docker_logs", "profiles:");
    }

    @Test
    void on_a_shared_machine_only_the_served_port_is_published_and_at_the_servers_own() {
        assertThat(ComposeOverride.of(RELEASE.content(), List.of(), Publishing.TO_THE_NETWORK.port(20_004, 3000), true))
                .contains("    ports: !override [\"20004:3000\"]\n")
                .contains("    build: !reset null\n    container_name: !reset null\n    ports: !reset []\n");
    }

    @Test
    void where_a_proxy_is_beside_it_the_app_is_reached_from_its_machine_alone() {
        assertThat(ComposeOverride.of(RELEASE.content(), List.of(), Publishing.TO_THE_MACHINE.port(20_004, 3000), true))
                .contains("    ports: !override [\"127.0.0.1:20004:3000\"]\n");
    }

    @Test
    void a_service_finds_what_keeps_data_on_another_machine_where_that_is_published_and_nowhere_else() {
        Release.Content before = RELEASE.content();
        String service = before.serve().service();
        Kept kept = new Kept(
                Map.of(
                        "db",
                        new KeptService(
                                "image=0",
                                Map.of("default", List.of("db")),
                                List.of("journal_rows"),
                                List.of(),
                                Optional.of("10.0.0.5:5432:5432"),
                                Backup.NONE)),
                Map.of("rows", "journal_rows"),
                Map.of(),
                Optional.of("ops@lab-2.example.com"),
                Map.of(service, List.of("db=10.0.0.5")));
        Map<String, ImageReference> images = new HashMap<>(before.images());
        images.put("db", ImageReference.parse("postgres:17"));
        Release.Content content = new Release.Content(
                before.compose(),
                before.beside(),
                images,
                before.appServices(),
                before.serve(),
                before.beforeShift(),
                before.env(),
                before.secretVersions(),
                before.servers(),
                before.releaseCommand(),
                before.duties(),
                Optional.of(kept));

        assertThat(kept.on(SEATED)).isFalse();
        assertThat(ComposeOverride.awayFromData(content, List.of(), "20004:3000", true))
                .contains("    extra_hosts: [\"db=10.0.0.5\"]\n", "    profiles: !override [meridian-outliving]\n")
                .doesNotContain("5432", "volumes:");
        assertThat(ComposeOverride.of(content, List.of(), "20004:3000", true))
                .contains("name: \"journal_rows\"", "    profiles: !override [meridian-outliving]\n")
                .doesNotContain("10.0.0.5");
        assertThat(KeptText.override(content)).contains("    ports: !override [\"10.0.0.5:5432:5432\"]\n");
    }

    @Test
    void what_keeps_data_has_its_image_under_the_name_that_the_machine_knows_it_by() {
        ImageReference postgres = ImageReference.parse("ghcr.io/team/postgres@sha256:" + "c".repeat(64));

        assertThat(KeptText.override(RELEASE.content().pulling(image -> PushedImage.relayed(postgres))))
                .contains("    image: \"relay.meridian.invalid/team/postgres:sha256-" + "c".repeat(64)
                        + "\"\n    pull_policy: never\n");
    }

    @Test
    void on_a_shared_machine_everything_has_the_servers_name() {
        HostCommands commands = HostCommands.of(APP, SEATED);

        assertThat(commands.pull(ID, Duration.ofMinutes(1)))
                .hasToString("/opt/meridian/journal-lab-r3-1/r3/compose pull --quiet");
        assertThat(commands.health(RELEASE).toString()).endsWith(" http://127.0.0.1:20004/up?deep=1");
        assertThat(commands.endOnce(ID)).hasToString("docker rm --force journal-lab-r3-1-once-r3");
        assertThat(commands.place(
                                new Installation(APP, RELEASE, Map.of(), Map.of()),
                                LogSettings.USUAL,
                                Publishing.TO_THE_NETWORK)
                        .argv()
                        .subList(3, 6))
                .containsExactly("place", "journal-lab-r3-1", "r3");
    }

    @Test
    void the_environment_file_quotes_values_and_lets_secrets_win() {
        Installation installation = new Installation(
                APP, RELEASE, Map.of("A", "x$y \"z\" \\ '#\n", "B", "plain"), Map.of("B", Secret.of("secret")));

        Secret file = EnvironmentFile.of(installation);

        assertThat(file.reveal()).isEqualTo("A=\"x\\$y \\\"z\\\" \\\\ '#\\n\"\nB=\"secret\"\n");
        assertThat(file).hasToString("***");
    }

    @Test
    void a_variable_that_no_container_can_have_is_refused() {
        assertThatThrownBy(() -> EnvironmentFile.of(new Installation(APP, RELEASE, Map.of("A B", "x"), Map.of())))
                .hasMessage("'A B' is not the name of an environment variable");
        assertThatThrownBy(() -> EnvironmentFile.of(new Installation(APP, RELEASE, Map.of("A", "hunter2\0"), Map.of())))
                .hasMessage("the value of A has a NUL character in it");
    }

    @Test
    void secrets_travel_on_standard_input_alone() {
        Command place = COMMANDS.place(
                new Installation(APP, RELEASE, Map.of("PLAIN", "visible1"), Map.of("PASSWORD", Secret.of("hunter2"))),
                LogSettings.USUAL,
                Publishing.TO_THE_NETWORK);

        assertThat(place.argv().subList(0, 2)).containsExactly("sh", "-c");
        assertThat(place.argv().subList(3, 6)).containsExactly("place", "journal", "r3");
        assertThat(place.toString()).doesNotContain("hunter2").doesNotContain("visible1");
        assertThat(place.input().map(Secret::reveal).orElseThrow())
                .contains("PASSWORD=\"hunter2\"", Base64.getEncoder().encodeToString("services: {}\n".getBytes(UTF_8)));
    }

    @Test
    void a_health_check_asks_as_users_do_since_an_app_may_refuse_other_names() {
        HealthCheck check = new HealthCheck(
                "/up",
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                2,
                Duration.ofMinutes(1),
                Optional.of("app.example.com"),
                Optional.of("http"));
        Release.Content content = RELEASE.content();
        Release release = new Release(
                ID,
                RELEASE.revision(),
                RELEASE.createdAt(),
                "v3",
                new Release.Content(
                        content.compose(),
                        content.images(),
                        content.appServices(),
                        new Serve("web", 3000, 80, check),
                        content.beforeShift(),
                        content.env(),
                        content.secretVersions(),
                        Map.of()));

        assertThat(COMMANDS.health(release).argv())
                .containsSequence("--header", "Host: app.example.com", "--header", "X-Forwarded-Proto: http");
    }

    @Test
    void each_step_is_one_command() {
        Duration minute = Duration.ofMinutes(1);

        assertThat(COMMANDS.pull(ID, minute)).hasToString("/opt/meridian/journal/r3/compose pull --quiet");
        assertThat(COMMANDS.start(ID, minute)).hasToString("/opt/meridian/journal/r3/start 60");
        assertThat(COMMANDS.health(RELEASE))
                .hasToString("curl --silent --show-error --noproxy * --max-time 1.500 --header X-Forwarded-Proto: https"
                        + " --write-out \n%{http_code} http://127.0.0.1:80/up?deep=1");
        assertThat(COMMANDS.runOnce(ID, "web", List.of("rake", "db:migrate; rm -rf /"), minute)
                        .argv()
                        .subList(3, 14))
                .containsExactly(
                        "journal-once-r3",
                        "/opt/meridian/journal/r3/compose",
                        "run",
                        "--rm",
                        "--no-deps",
                        "-T",
                        "--name",
                        "journal-once-r3",
                        "web",
                        "rake",
                        "db:migrate; rm -rf /");
        assertThat(COMMANDS.endOnce(ID)).hasToString("docker rm --force journal-once-r3");
        assertThat(COMMANDS.logs(ID, 40)).hasToString("/opt/meridian/journal/r3/compose logs --no-color --tail 40");
    }

    @Test
    void start_may_take_a_little_longer_than_compose_waits() {
        assertThat(COMMANDS.start(ID, Duration.ofSeconds(90)).timeout()).isGreaterThan(Duration.ofSeconds(90));
    }

    private static String files(LogSettings logs) {
        return COMMANDS.place(installation(Map.of()), logs, Publishing.TO_THE_NETWORK)
                .input()
                .orElseThrow()
                .reveal();
    }

    private static Installation installation(Map<String, Secret> secrets) {
        return new Installation(APP, RELEASE, Map.of("A", "b"), secrets);
    }

    private static Server server(Machine machine, OptionalInt port) {
        return new Server(
                new ServerName("journal-lab-r3-1"),
                new RegionName("lab"),
                ID,
                "0123456789ab",
                machine,
                port,
                Server.State.RUNNING,
                Optional.empty());
    }
}
