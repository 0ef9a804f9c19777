package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Releases on machines that exist, beside each other: replace in place under load, roll back, reboot, remove. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostsWorldTest {
    private static final String APP = "hostworld";
    private static final JsonMapper JSON = new JsonMapper();

    private LocalWorld world;
    private Machines machines;
    private Path ssh;
    private String knownHosts;

    @BeforeAll
    void bootMachinesAndDeploy() throws Exception {
        world = LocalWorld.create(APP);
        ssh = Files.createDirectory(world.directory().resolve("ssh"));
        machines = Machines.boot(2, ssh, APP, "lab");
        knownHosts = Files.readString(ssh.resolve("known_hosts"));
        configure("config: none");
        deploy("v1");
    }

    @AfterAll
    void destroyEverything() {
        try {
            world.close();
            for (int machine = 1; machine <= 2; machine++) {
                assertThat(machines.run(
                                machine,
                                "ls -d /opt/meridian/" + APP + "-lab-* /etc/systemd/system/meridian-" + APP
                                        + "-lab-* 2>/dev/null; docker ps -aq; docker volume ls -q"))
                        .isEmpty();
            }
        } finally {
            machines.close();
        }
    }

    private void configure(String sshSettings) throws Exception {
        String host = "{ ssh: \"ops@%s\", address: %s }";
        world.write("meridian.yml", """
                app: %s
                image: meridian-faulty
                regions:
                  lab:
                    provider: hosts
                    location: DE
                    hosts: [%s, %s]
                    secrets: env-file:secrets.env
                serve: { service: web, port: 3000, health: { path: /up, interval: 300ms, timeout: 1s, rise: 2, within: 20s } }
                before_shift: migrate
                rollout: { watch: 3s, drain: 5s, keep_previous: 10m }
                traffic: { driver: haproxy, port: %d }
                probe: { rate: 10/s }
                ssh: { user: ops, key: ssh/id_ed25519, agent: none, known_hosts: ssh/known_hosts, %s }
                """.formatted(
                        APP,
                        host.formatted(machines.address(1), machines.address(1)),
                        host.formatted(machines.address(2), machines.address(2)),
                        world.address().getPort(),
                        sshSettings));
    }

    private LocalWorld.Receipt deploy(String tag) throws Exception {
        LocalWorld.Receipt receipt = world.receipt(
                world.meridian("deploy", "--image", machines.pullable("meridian-faulty:" + tag), "--yes", "--json"));
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        return receipt;
    }

    @Test
    @Order(1)
    void aReleaseIsReplacedInPlaceAndRolledBackUnderLoadWithoutAFailedRequest() throws Exception {
        String before = world.release();
        try (Users users = Users.of(world.address())) {
            LocalWorld.Receipt deployed = deploy("v2");
            assertThat(deployed.outcome()).isEqualTo("deployed");
            assertThat(deployed.probeFailures()).isZero();
            assertThat(Users.page(world.address())).endsWith("v2");
            assertThat(running(1)).as("both releases run").hasSize(2);

            LocalWorld.Receipt back = world.rollBack();
            assertThat(back.exitCode()).as(back.everything()).isZero();
            assertThat(back.outcome()).isEqualTo("rolled-back");
            assertThat(back.probeFailures()).isZero();
            assertThat(Users.page(world.address())).endsWith("v1");

            assertThat(users.failures()).isEmpty();
            assertThat(users.sent()).isGreaterThan(500);
        }
        assertThat(world.release()).isEqualTo(before);
        assertHealthy(2);
    }

    @Test
    @Order(2)
    void commandsAndLogsAreThoseOfTheReleaseThatIsMeantThoughTwoShareAMachine() {
        JsonNode status = world.status();
        String current = status.path("release").asString("");
        Map<String, String> releases = status.path("regions")
                .path(0)
                .path("servers")
                .valueStream()
                .collect(Collectors.toMap(server -> server.path("name").asString(""), server -> server.path("release")
                        .asString("")));
        assertThat(releases).as(status.toString()).hasSize(4);
        assertThat(releases.values())
                .containsOnly(current, status.path("previous").asString(""));

        String[] who = {"--", "sh", "-c", "echo $MERIDIAN_SERVER serves $MERIDIAN_RELEASE"};
        releases.forEach((server, release) -> {
            assertThat(said("exec", "--server", server, who)).isEqualTo(server + " serves " + release);
            assertThat(textsOf("--server", server)).containsExactly(server + " serves " + release);
        });
        assertThat(said("exec", "--region", "lab", who)).endsWith(" serves " + current);
        assertThat(said("run", "--region", "lab", who)).endsWith(" serves " + current);
        for (String release : Set.copyOf(releases.values())) {
            assertThat(textsOf("--release", release)).hasSize(2).allMatch(text -> text.endsWith(" serves " + release));
        }
    }

    private String said(String command, String option, String value, String... argv) {
        List<String> arguments = new ArrayList<>(List.of(command, option, value));
        arguments.addAll(List.of(argv));
        Shell.Ended ended = world.meridian(arguments.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.errors()).isZero();
        return ended.output().strip();
    }

    private List<String> textsOf(String option, String value) {
        Shell.Ended ended = world.meridian("logs", option, value, "--tail", "1000", "--grep", "serves", "--json");
        assertThat(ended.exitCode()).as(ended.errors()).isZero();
        return ended.output()
                .lines()
                .map(JSON::readTree)
                .filter(event -> event.path("event").asString("").equals("line"))
                .peek(line -> assertThat(line.path("text").asString(""))
                        .isEqualTo(line.path("server").asString("") + " serves "
                                + line.path("release").asString("")))
                .map(line -> line.path("text").asString(""))
                .toList();
    }

    @Test
    @Order(3)
    void everyReleaseThatIsKeptComesBackAfterAReboot() throws Exception {
        Shell.docker("restart", machines.container(2));

        Wait.until("both releases to run again", Duration.ofSeconds(90), () -> running(2).length == 2);
        Wait.until("the edge to see it healthy", Duration.ofSeconds(30), () -> healthy() == 2);
        assertThat(machines.run(2, "systemctl is-active 'meridian-" + APP + "-*'")
                        .lines())
                .containsOnly("active");
    }

    @Test
    @Order(4)
    void theNextReleaseTakesThePlaceOfTheOldestOne() throws Exception {
        deploy("v2");
        deploy("v1");

        assertThat(running(1)).hasSize(2);
        assertHealthy(2);
    }

    @Test
    @Order(5)
    void aMachineIsReachedThroughAnother() throws Exception {
        Files.writeString(
                ssh.resolve("config"),
                "Host " + machines.address(2) + "\n  ProxyJump ops@" + machines.address(1) + "\n");
        configure("config: ssh/config");
        assertHealthy(2);

        Files.writeString(
                ssh.resolve("config"),
                "Host " + machines.address(2) + "\n  ProxyJump ops@" + machines.address(1) + "\n  Port 1\n");
        try {
            assertOutOfReach(":1 through " + machines.address(1) + ": the connection is refused");
        } finally {
            configure("config: none");
        }
    }

    @Test
    @Order(6)
    void aHostKeyThatChangedEndsARolloutBeforeAnythingIsSent() throws Exception {
        String first = machines.address(1) + " ";
        String second = machines.address(2) + " ";
        // Each has the other's key.
        Files.writeString(
                ssh.resolve("known_hosts"),
                knownHosts.replace(first, "x ").replace(second, first).replace("x ", second));
        try {
            assertOutOfReach("has another SSH host key than the one that is known");
        } finally {
            Files.writeString(ssh.resolve("known_hosts"), knownHosts);
        }
        assertHealthy(2);
    }

    /** A rollout does nothing where it can't see everything; a look says what it can't see. */
    private void assertOutOfReach(String reason) throws Exception {
        Shell.Ended look = world.meridian("status");
        assertThat(look.exitCode()).as(look.errors()).isZero();
        assertThat(look.output()).contains(reason);
        Shell.Ended rollout = world.meridian("rollback", "--yes");
        assertThat(rollout.exitCode()).isNotZero();
        assertThat(rollout.errors()).contains(reason);
    }

    private String[] running(int machine) {
        String printed = machines.run(
                machine,
                "docker ps --format '{{.Label \"com.docker.compose.project\"}}' 2>/dev/null | sort -u || true");
        return printed.isBlank() ? new String[0] : printed.split("\n", -1);
    }

    private int healthy() {
        return world.status().path("regions").path(0).path("healthy").asInt();
    }

    private void assertHealthy(int servers) {
        assertThat(healthy()).as(world.status().toString()).isEqualTo(servers);
    }
}
