package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** An app on two machines that exist, each with a proxy, behind an edge of two more: users come to both, and none notices a release. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EdgeMachinesWorldTest {
    private static final String APP = "edgeworld";
    private static final int FIRST_EDGE = 3;
    private static final int SECOND_EDGE = 4;

    private LocalWorld world;
    private Machines machines;

    @BeforeAll
    void bootMachinesAndDeploy() throws Exception {
        world = LocalWorld.create(APP);
        Path ssh = Files.createDirectory(world.directory().resolve("ssh"));
        machines = Machines.boot(4, ssh, APP, "lab");
        world.write("meridian.yml", """
                app: %s
                image: meridian-faulty
                regions:
                  lab:
                    provider: hosts
                    location: DE
                    hosts: ["ops@%s", "ops@%s"]
                    secrets: env-file:secrets.env
                serve: { service: web, port: 3000, health: { path: /up, interval: 300ms, timeout: 1s, rise: 2, within: 20s } }
                before_shift: migrate
                rollout:
                  watch: 3s
                  drain: 5s
                  keep_previous: 10m
                  canary: { weights: [20, 100], soak: 9s, soak_at_most: 18s, max_error_rate: 1%%, min_requests: 30, too_few: promote }
                traffic: { driver: haproxy, machines: ["ops@%s", { ssh: "ops@%s", address: %s }] }
                probe: { rate: 10/s }
                ssh: { user: ops, key: ssh/id_ed25519, agent: none, known_hosts: ssh/known_hosts, config: none }
                """.formatted(
                        APP,
                        machines.address(1),
                        machines.address(2),
                        machines.address(FIRST_EDGE),
                        machines.address(SECOND_EDGE),
                        machines.address(SECOND_EDGE)));
        deploy("v1");
    }

    @AfterAll
    void destroyEverything() {
        try {
            world.close();
            for (int edge : new int[] {1, 2, FIRST_EDGE, SECOND_EDGE}) {
                assertThat(machines.run(edge, "systemctl is-active haproxy || true; ls /etc/haproxy"))
                        .doesNotContain("haproxy.cfg", "meridian")
                        .startsWith("inactive");
            }
        } finally {
            machines.close();
        }
    }

    private URI edge(int number) {
        return URI.create("http://" + machines.address(number) + ":80");
    }

    private LocalWorld.Receipt deploy(String tag) throws Exception {
        LocalWorld.Receipt receipt = world.receipt(
                world.meridian("deploy", "--image", machines.pullable("meridian-faulty:" + tag), "--yes", "--json"));
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        return receipt;
    }

    private void requirePage(String tag) throws Exception {
        assertThat(Users.page(edge(FIRST_EDGE))).endsWith(tag);
        assertThat(Users.page(edge(SECOND_EDGE))).endsWith(tag);
    }

    @Test
    @Order(1)
    void aCanaryADeployAndARollbackFailNoRequestAtEitherEdge() throws Exception {
        try (Users first = Users.of(edge(FIRST_EDGE));
                Users second = Users.of(edge(SECOND_EDGE))) {
            LocalWorld.Receipt deployed = deploy("v2");
            assertThat(deployed.outcome()).isEqualTo("deployed");
            requirePage("v2");

            LocalWorld.Receipt back = world.rollBack();
            assertThat(back.exitCode()).as(back.everything()).isZero();
            requirePage("v1");

            assertThat(first.failures()).isEmpty();
            assertThat(second.failures()).isEmpty();
            assertThat(first.sent()).isGreaterThan(500);
            assertThat(second.sent()).isGreaterThan(500);
        }
    }

    @Test
    @Order(2)
    void aDeployThatWasKilledWhileTrafficMovedIsFinishedByTheNext() throws Exception {
        try (Users first = Users.of(edge(FIRST_EDGE));
                Users second = Users.of(edge(SECOND_EDGE))) {
            world.start("deploy", "--image", machines.pullable("meridian-faulty:v2"), "--yes", "--json")
                    .until("shifted", event -> true)
                    .kill();

            assertThat(deploy("v2").outcome()).isEqualTo("deployed");

            requirePage("v2");
            assertThat(first.failures()).isEmpty();
            assertThat(second.failures()).isEmpty();
        }
    }

    @Test
    @Order(3)
    void anEdgeThatRebootsServesAgainAndTheOtherServesMeanwhile() throws Exception {
        try (Users second = Users.of(edge(SECOND_EDGE))) {
            Shell.docker("restart", machines.container(FIRST_EDGE));

            Wait.until("the edge to serve", Duration.ofMinutes(3), () -> serves(FIRST_EDGE));
            assertThat(second.failures()).isEmpty();
        }
        Wait.until(
                "both edges to see both servers healthy",
                Duration.ofMinutes(3),
                () -> world.status().path("regions").path(0).path("healthy").asInt() == 2);
    }

    @Test
    @Order(4)
    void aMachineThatHangsWhileTrafficMovesFailsNoRequestAndIsNotLeftBehind() throws Exception {
        String hanging = machines.container(2);
        try (Users first = Users.of(edge(FIRST_EDGE));
                Users second = Users.of(edge(SECOND_EDGE));
                Running deploy =
                        world.start("deploy", "--image", machines.pullable("meridian-faulty:v1"), "--yes", "--json")) {
            deploy.until("shifted", event -> true);
            Shell.docker("pause", hanging);
            try {
                Wait.until(
                        "both edges to go around it",
                        Duration.ofMinutes(1),
                        () -> without(FIRST_EDGE, 2) && without(SECOND_EDGE, 2));
            } finally {
                Shell.docker("unpause", hanging);
            }
            Shell.Ended ended = deploy.end();

            assertThat(ended.exitCode()).as(ended.output() + ended.errors()).isIn(0, 1);
            requirePage(ended.exitCode() == 0 ? "v1" : "v2");
            assertThat(first.failures()).isEmpty();
            assertThat(second.failures()).isEmpty();
        }
        assertThat(deploy("v1").outcome()).isIn("deployed", "unchanged");
        requirePage("v1");
    }

    /** Whether an edge has found a machine not to answer. */
    private boolean without(int number, int machine) {
        return machines.run(number, "echo 'show stat' | socat - /run/haproxy/admin.sock")
                .lines()
                .filter(line -> line.startsWith(world.app() + ".pool-lab,machine-"
                        + machines.address(machine).replace('.', '-') + ","))
                .allMatch(line -> line.contains(",DOWN,"));
    }

    @Test
    @Order(5)
    void theAppIsReachedThroughItsMachinesProxyAlone() {
        for (int machine : new int[] {1, 2}) {
            assertThat(machines.run(machine, "ss --listening --tcp --numeric --no-header | awk '{print $4}'")
                            .lines())
                    .anyMatch(socket -> socket.startsWith("127.0.0.1:200"))
                    .noneMatch(socket -> !socket.startsWith("127.") && socket.matches(".*:200\\d\\d"));
        }
    }

    private boolean serves(int number) {
        try {
            return Users.page(edge(number)).endsWith("v2");
        } catch (Exception | AssertionError e) {
            return false;
        }
    }
}
