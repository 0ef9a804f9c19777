package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Machines without a registry: the app's image comes from this machine's engine, over SSH. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PushWorldTest {
    private static final String APP = "pushworld";
    private static final long MEGABYTE = 1_000_000;
    /** So many megabytes that a push of them can be seen under way. */
    private static final int LARGE = 100;

    private static final Duration SOON = Duration.ofMinutes(3);

    private LocalWorld world;
    private Machines machines;

    @BeforeAll
    void bootMachines() throws Exception {
        world = LocalWorld.create(APP);
        Path ssh = Files.createDirectory(world.directory().resolve("ssh"));
        machines = Machines.boot(2, ssh, APP, "lab");
        world.write("meridian.yml", """
                app: %s
                image: meridian-faulty
                regions:
                  lab:
                    provider: hosts
                    location: DE
                    hosts: [{ ssh: "ops@%s", address: %s }, { ssh: "ops@%s", address: %s }]
                serve: { service: web, port: 3000, health: { path: /up, interval: 300ms, timeout: 1s, rise: 2, within: 20s } }
                rollout: { watch: 1s, drain: 5s, keep_previous: 10m }
                traffic: { driver: haproxy, port: %d }
                probe: { rate: 10/s }
                ssh: { user: ops, key: ssh/id_ed25519, agent: none, known_hosts: ssh/known_hosts, config: none }
                """.formatted(
                        APP,
                        machines.address(1),
                        machines.address(1),
                        machines.address(2),
                        machines.address(2),
                        world.address().getPort()));
    }

    @AfterAll
    void destroyEverything() {
        try {
            world.close();
            assertThat(Shell.docker("ps", "-aq", "--filter", "label=dev.meridian.app=" + APP))
                    .as("the registry here goes with the app")
                    .isEmpty();
        } finally {
            machines.close();
        }
    }

    @Test
    @Order(1)
    void whatThisMachinesEngineHasIsPushedWithoutARegistryBeingNamed() throws Exception {
        Shell.Ended plan = world.meridian("plan", "--tag", "v1");
        assertThat(plan.output()).contains("image meridian-faulty:v1 (from this machine's engine, over SSH)");
        String listening = listening();

        deploy("v1");

        assertThat(Users.page(world.address())).endsWith("v1");
        for (int machine = 1; machine <= 2; machine++) {
            assertThat(machines.run(machine, "docker image ls --format '{{.Repository}}:{{.Tag}}'"))
                    .matches("meridian\\.invalid/meridian-faulty:sha256-[0-9a-f]{64}");
        }
        assertThat(listening()).as("the tunnel's port is closed").isEqualTo(listening);
        assertThat(machines.run(1, "find /run/meridian -name 'pull.*'")).isEmpty();
    }

    @Test
    @Order(2)
    void theNextReleaseMovesOnlyTheLayersThatAreNew() throws Exception {
        addLayer("v2", 2, "pushed");
        long before = received();

        deploy("pushed");

        assertThat(Users.page(world.address())).endsWith("v2");
        assertThat(received() - before)
                .as("bytes received for an image of 60 MB of which 2 MB are new")
                .isBetween(2 * MEGABYTE, 4 * MEGABYTE);
    }

    /** Makes an image of another and a layer of so many MB that can't be compressed. */
    private void addLayer(String to, int megabytes, String tag) throws Exception {
        Path context = Files.createDirectory(world.directory().resolve(tag));
        byte[] noise = new byte[(int) (megabytes * MEGABYTE)];
        new Random(megabytes).nextBytes(noise);
        Files.write(context.resolve("noise"), noise);
        Files.writeString(context.resolve("Dockerfile"), "FROM meridian-faulty:" + to + "\nCOPY noise /noise\n");
        Shell.run(context, "env", "DOCKER_BUILDKIT=0", "docker", "build", "--tag", "meridian-faulty:" + tag, ".");
    }

    @Test
    @Order(3)
    void goingBackAndARebootNeedNothingOfThisMachine() throws Exception {
        Shell.docker("rm", "--force", "--volumes", "meridian-" + APP + "-registry");

        LocalWorld.Receipt back = world.rollBack();
        assertThat(back.exitCode()).as(back.everything()).isZero();
        assertThat(Users.page(world.address())).endsWith("v1");

        Shell.docker("restart", machines.container(2));
        Wait.until("both releases to run again", Duration.ofSeconds(90), () -> running(2) == 2);
        Wait.until("the edge to see it healthy", Duration.ofSeconds(30), () -> healthy() == 2);
    }

    @Test
    @Order(4)
    void aDeployAfterTheRegistryWasLostMakesItAgainAndIsTheSameRelease() {
        LocalWorld.Receipt deployed = world.receipt(world.meridian("deploy", "--tag", "pushed", "--yes", "--json"));

        assertThat(deployed.exitCode()).as(deployed.everything()).isZero();
        assertThat(healthy()).isEqualTo(2);
    }

    @Test
    @Order(5)
    void aDeployerKilledInTheMidstOfAPushLeavesNothingBehindAndTheNextSendsOnlyWhatIsMissing() throws Exception {
        String listening = listening();
        addLayer("pushed", LARGE, "large");
        long before = received();

        try (Running deploy = world.start("deploy", "--tag", "large", "--yes", "--json")) {
            assertThat(deploy.untilOrEnd(() -> received() - before > 5 * MEGABYTE))
                    .as(deploy.everything())
                    .isTrue();
            deploy.freeze();
            assertThat(reachable().lines())
                    .as("ports that others than the machine reach: sshd's, and those of its servers")
                    .isNotEmpty()
                    .allMatch(address -> address.matches(".*:(22|20\\d{3})"));
            assertThat(Shell.docker("port", "meridian-" + APP + "-registry"))
                    .matches("5000/tcp -> 127\\.0\\.0\\.1:\\d+");
            deploy.kill();
        }

        Wait.until("the tunnel's port to close", SOON, () -> listening().equals(listening));
        Wait.until(
                "the pulls to end and their logins to go", SOON, () -> pulling().isEmpty());
        long cutOff = received();
        assertThat(cutOff - before).as("bytes received by then").isLessThan(LARGE * MEGABYTE);

        deploy("large");

        assertThat(received() - cutOff)
                .as("bytes received of an image of which %d MB are missing", LARGE)
                .isLessThan((LARGE + 5) * MEGABYTE);
        assertThat(healthy()).isEqualTo(2);
        assertThat(listening()).as("the tunnel's port is closed").isEqualTo(listening);
        assertThat(pulling()).isEmpty();
    }

    private void deploy(String tag) {
        LocalWorld.Receipt deployed = world.receipt(world.meridian("deploy", "--tag", tag, "--yes", "--json"));
        assertThat(deployed.exitCode()).as(deployed.everything()).isZero();
    }

    private long received() {
        return machines.run(1, "cat /sys/class/net/eth*/statistics/rx_bytes")
                .lines()
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** The ports of 127.0.0.1 that something listens on, but for those that servers publish. */
    private String listening() {
        return machines.run(1, "ss -Hltn src 127.0.0.1 | awk '{ print $4 }' | sort");
    }

    /** The ports that something listens on for others than the machine itself. */
    private String reachable() {
        return machines.run(1, "ss -Hltn | awk '{ print $4 }' | grep -vE '^(127\\.|\\[::1\\])' | sort");
    }

    /** What is there while an image is taken: the programs and their logins. */
    private String pulling() {
        return machines.run(1, "pgrep -af '[d]ocker pull' || true; find /run/meridian -name 'pull.*'");
    }

    private long running(int machine) {
        return machines.run(
                        machine,
                        "docker ps --format '{{.Label \"com.docker.compose.project\"}}' 2>/dev/null | sort -u || true")
                .lines()
                .count();
    }

    private int healthy() {
        return world.status().path("regions").path(0).path("healthy").asInt();
    }
}
