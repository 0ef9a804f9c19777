package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;
import org.meridian.drivers.local.LocalRegistry;
import tools.jackson.databind.JsonNode;

/**
 * Lines of a local world's containers arrive where {@code logs} says that they are shipped.
 *
 * <p>Real are the servers, the release with its files and secrets, the unit that starts the shipper, its container, the
 * configuration that Meridian writes for Vector, Docker's logs, the network and the receiver. A stand-in is Vector itself,
 * which can't be had everywhere: {@code src/test/world/Shipper.java} is started as it would be, does what that
 * configuration says and ends where it says something else. That Vector takes the configuration is not shown here.
 */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShippingWorldTest {
    private static final LocalProcesses DOCKER = new LocalProcesses();
    private static final String TOKEN = "do-not-print-me-either";
    private static final Pattern ENGINES_OWN =
            Pattern.compile("/var/lib/(docker/containers/[0-9a-f]{64}/config\\.v2\\.json"
                    + "|containerd/io\\.containerd\\.metadata\\.v1\\.bolt/meta\\.db)");
    private static final Duration SOON = Duration.ofSeconds(45);

    /** The unit tries once a minute. */
    private static final Duration AFTER_A_TRY = Duration.ofSeconds(100);

    private LocalWorld world;
    private LogReceiver receiver;
    private String shipper = "";

    @BeforeAll
    void deploy() throws Exception {
        world = LocalWorld.create("shipped");
        String javaHome = System.getProperty("java.home");
        Shell.run(LocalWorld.CHECKOUT.resolve("cli/src/test/world"), "./build-shipper", javaHome);
        LocalNames names = new LocalNames(new AppName(world.app()));
        receiver = LogReceiver.on(new LocalNetworks(names, DOCKER).ensure(new RegionName("eu")), TOKEN);
        shipper = new LocalRegistry(names, new LocalImage(LocalImage.userCache(), DOCKER), DOCKER)
                .resolve(ImageReference.parse("meridian-shipper:1"))
                .toString();
        world.write("secrets.env", "TOKEN=do-not-print-me\nLOGS_TOKEN=" + TOKEN + "\n");
        configure(shipper);

        LocalWorld.Receipt deployed = world.deploy("v1");
        assertThat(deployed.exitCode()).as(deployed.everything()).isZero();
    }

    @AfterAll
    void destroy() {
        try {
            world.close();
        } finally {
            receiver.close();
        }
    }

    private void configure(String image) throws IOException {
        world.configure("migrate");
        String config = Files.readString(world.directory().resolve("meridian.yml"));
        world.write(
                "meridian.yml",
                config.replace("env: { SHOWN: everywhere }", "env: { SHOWN: everywhere, LINES_PER_SECOND: \"5\" }")
                                .replace("env: { SHOWN: only us }", "secrets: \"env-file:secrets.env\"")
                        + """
                        logs:
                          ship_to: http
                          endpoint: %s
                          token: LOGS_TOKEN
                          image: "%s"
                          max_size: 2MB
                          max_files: 2
                        """.formatted(receiver.address(), image));
    }

    @Test
    @Order(1)
    void lines_of_all_servers_arrive_and_say_where_they_are_from() {
        String release = world.release();
        awaitLinesOf(release, SOON);

        for (JsonNode line : receiver.lines()) {
            assertThat(line.path("app").asString("")).isEqualTo(world.app());
            assertThat(line.path("release").asString("")).isEqualTo(release);
            assertThat(line.path("service").asString("")).isEqualTo("web");
            assertThat(line.path("server").asString(""))
                    .startsWith(world.app() + "-" + line.path("region").asString("?") + "-" + release + "-");
            assertThat(Instant.parse(line.path("timestamp").asString(""))).isBefore(Instant.now());
        }
        assertThat(receiver.refused()).as("requests without the token").isZero();
    }

    @Test
    @Order(2)
    void a_shipper_starts_after_the_release_does() {
        for (String server : servers(world.release())) {
            assertThat(startedAt(server, "meridian-vector-1")).as(server).isAfter(startedAt(server, "web-1"));
        }
    }

    /** Docker and containerd keep every container's environment in files of their own, as docs/secrets.md says. */
    @Test
    @Order(3)
    void the_token_is_in_memory_and_in_no_file_but_the_engines_own() {
        for (String server : servers(world.release())) {
            assertThat(inServer(server, "grep -rlsF " + TOKEN + " /run/meridian"))
                    .isNotEmpty();
            assertThat(inServer(
                                    server,
                                    "grep -rlsF " + TOKEN
                                            + " /boot /etc /home /mnt /opt /root /srv /tmp /usr /var || true")
                            .lines())
                    .as(server)
                    .allMatch(file -> ENGINES_OWN.matcher(file).matches());
            assertThat(inServer(server, "cat /opt/meridian/" + world.app() + "/*/vector.toml"))
                    .contains("auth.token = \"${LOGS_TOKEN}\"");
        }
    }

    @Test
    @Order(4)
    void log_files_of_every_container_are_limited() {
        for (String server : servers(world.release())) {
            String limits = inServer(
                    server, "docker inspect --format '{{json .HostConfig.LogConfig}}' $(docker ps --all --quiet)");
            assertThat(limits.lines())
                    .as(server)
                    .hasSize(2)
                    .allMatch(limit -> limit.contains("\"json-file\"")
                            && limit.contains("\"max-file\":\"2\"")
                            && limit.contains("\"max-size\":\"2m\""));
        }
    }

    @Test
    @Order(5)
    void a_shipper_whose_image_is_missing_fails_no_deploy_and_is_tried_until_it_is_there() throws Exception {
        String missing = shipper.substring(0, shipper.indexOf('/')) + "/not-pushed-yet:1";
        configure(missing);

        LocalWorld.Receipt deployed = world.deploy("v2");

        assertThat(deployed.exitCode()).as(deployed.everything()).isZero();
        assertThat(deployed.probeFailures()).isZero();
        String unit = "meridian." + world.app() + ".vector.service";
        for (String server : servers(deployed.release())) {
            Wait.until("the unit to say what is missing", SOON, () -> inServer(
                            server, "journalctl --no-pager --unit " + unit)
                    .contains("not-pushed-yet"));
            assertThat(inServer(server, "systemctl show --property=ActiveState " + unit))
                    .isEqualTo("ActiveState=activating");
        }
        assertThat(linesOf(deployed.release())).isEmpty();

        Shell.docker("tag", "meridian-shipper:1", missing);
        try {
            Shell.docker("push", "--quiet", missing);
        } finally {
            Shell.docker("rmi", missing);
        }
        awaitLinesOf(deployed.release(), AFTER_A_TRY);
    }

    private void awaitLinesOf(String release, Duration within) {
        Wait.until("lines of every server of " + release, within, () -> linesOf(release)
                .equals(new TreeSet<>(servers(release))));
    }

    /** The servers whose numbered lines arrived. */
    private Set<String> linesOf(String release) {
        return receiver.lines().stream()
                .filter(line -> line.path("release").asString("").equals(release))
                .filter(line -> line.path("message").asString("").matches("line [0-9]+"))
                .map(line -> line.path("server").asString(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> servers(String release) {
        return Stream.of("eu", "us")
                .flatMap(region -> Stream.of(1, 2).map(number -> world.server(region, release, number)))
                .toList();
    }

    private Instant startedAt(String server, String container) {
        return Instant.parse(
                inServer(server, "docker inspect --format '{{.State.StartedAt}}' " + world.app() + "-" + container));
    }

    private static String inServer(String server, String script) {
        return Shell.docker("exec", server, "sh", "-c", script);
    }
}
