package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * An app on three machines that exist, in two regions, and nothing before them: users come to the machines themselves. Two are of
 * Debian 13, the far one of Debian 12.
 */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DnsWorldTest {
    private static final String APP = "dnsworld";
    private static final int FAR = 3;

    private LocalWorld world;
    private Machines machines;

    @BeforeAll
    void bootMachinesAndDeploy() throws Exception {
        world = LocalWorld.create(APP);
        Path ssh = Files.createDirectory(world.directory().resolve("ssh"));
        machines = Machines.boot(2, ssh, APP, "lab");
        machines.bootOlder(1, ssh);
        world.write("meridian.yml", """
                app: %s
                image: meridian-faulty
                primary: lab
                regions:
                  lab: { provider: hosts, location: DE, hosts: ["ops@%s", "ops@%s"], secrets: env-file:secrets.env }
                  far: { provider: hosts, location: US, hosts: ["ops@%s"], secrets: env-file:secrets.env }
                serve: { service: web, port: 3000, health: { path: /up, interval: 300ms, timeout: 1s, rise: 2, within: 20s } }
                before_shift: migrate
                rollout:
                  watch: 3s
                  drain: 5s
                  keep_previous: 10m
                  canary: { weights: [20, 100], soak: 9s, soak_at_most: 18s, max_error_rate: 1%%, min_requests: 30, too_few: promote }
                traffic: { driver: dns, hostname: %s.example.com }
                probe: { rate: 10/s }
                ssh: { user: ops, key: ssh/id_ed25519, agent: none, known_hosts: ssh/known_hosts, config: none }
                """.formatted(
                        APP, machines.address(1), machines.address(2), machines.address(FAR), APP));
        deploy("v1");
    }

    @AfterAll
    void destroyEverything() {
        try {
            world.close();
            for (int machine = 1; machine <= FAR; machine++) {
                assertThat(machines.run(machine, "systemctl is-active haproxy || true; ls /etc/haproxy"))
                        .doesNotContain("haproxy.cfg", "meridian")
                        .startsWith("inactive");
            }
        } finally {
            machines.close();
        }
    }

    private URI machine(int number) {
        return URI.create("http://" + machines.address(number));
    }

    private LocalWorld.Receipt deploy(String tag) throws Exception {
        LocalWorld.Receipt receipt = world.receipt(
                world.meridian("deploy", "--image", machines.pullable("meridian-faulty:" + tag), "--yes", "--json"));
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        return receipt;
    }

    private void requirePage(String tag) throws Exception {
        for (int machine = 1; machine <= FAR; machine++) {
            assertThat(Users.page(machine(machine))).endsWith(tag);
        }
    }

    @Test
    @Order(1)
    void aCanaryADeployAndARollbackFailNoRequestOnAnyMachine() throws Exception {
        try (Everywhere users = new Everywhere()) {
            LocalWorld.Receipt deployed = deploy("v2");
            assertThat(deployed.outcome()).isEqualTo("deployed");
            requirePage("v2");

            LocalWorld.Receipt back = world.rollBack();
            assertThat(back.exitCode()).as(back.everything()).isZero();
            requirePage("v1");

            users.requireNothingFailed();
        }
    }

    @Test
    @Order(2)
    void theFarMachineIsOfAnOlderSystem() {
        assertThat(machines.run(FAR, ". /etc/os-release; echo $VERSION_ID; haproxy -v"))
                .startsWith("12\n")
                .contains("version 2.6.");
        assertThat(machines.run(1, "haproxy -v")).contains("version 3.0.");
    }

    @Test
    @Order(2)
    void theAppIsReachedThroughTheProxyAlone() {
        for (int machine = 1; machine <= FAR; machine++) {
            assertThat(machines.run(machine, "ss --listening --tcp --numeric --no-header | awk '{print $4}'")
                            .lines())
                    .anyMatch(socket -> socket.startsWith("127.0.0.1:200"))
                    .noneMatch(socket -> !socket.startsWith("127.") && socket.matches(".*:200\\d\\d"));
        }
    }

    @Test
    @Order(3)
    void aDeployThatWasKilledWhileTrafficMovedIsFinishedByTheNext() throws Exception {
        try (Everywhere users = new Everywhere()) {
            world.start("deploy", "--image", machines.pullable("meridian-faulty:v2"), "--yes", "--json")
                    .until("shifted", event -> true)
                    .kill();

            assertThat(deploy("v2").outcome()).isEqualTo("deployed");

            requirePage("v2");
            users.requireNothingFailed();
        }
    }

    @Test
    @Order(4)
    void usersOfAMachineWithoutServersAreAnsweredByTheOthers() throws Exception {
        try (Everywhere users = new Everywhere()) {
            machines.run(FAR, "systemctl stop docker.socket docker");
            Wait.until(
                    "the region's server to be gone",
                    Duration.ofMinutes(1),
                    () -> world.status().path("regions").path(1).path("healthy").asInt() == 0);

            assertThat(Users.page(machine(FAR))).endsWith("v2");
            machines.run(FAR, "systemctl start docker");
            Wait.until(
                    "the region's server to be back",
                    Duration.ofMinutes(2),
                    () -> world.status().path("regions").path(1).path("healthy").asInt() == 1);
            users.requireNothingFailed();
        }
    }

    @Test
    @Order(5)
    void aMachineThatRebootsServesAgainAndTheOthersServeMeanwhile() throws Exception {
        try (Users first = Users.of(machine(1));
                Users far = Users.of(machine(FAR))) {
            Shell.docker("restart", machines.container(2));

            Wait.until("the machine to serve", Duration.ofMinutes(3), () -> serves(2));
            assertThat(first.failures()).isEmpty();
            assertThat(far.failures()).isEmpty();
        }
        Wait.until(
                "both servers to be healthy",
                Duration.ofMinutes(3),
                () -> world.status().path("regions").path(0).path("healthy").asInt() == 2);
    }

    private boolean serves(int number) {
        try {
            return Users.page(machine(number)).endsWith("v2");
        } catch (Exception | AssertionError e) {
            return false;
        }
    }

    /** Users at every machine. */
    private final class Everywhere implements AutoCloseable {
        private final List<Users> users = new ArrayList<>();

        Everywhere() {
            for (int machine = 1; machine <= FAR; machine++) {
                users.add(Users.of(machine(machine)));
            }
        }

        void requireNothingFailed() {
            assertThat(users).allSatisfy(some -> {
                assertThat(some.failures()).isEmpty();
                assertThat(some.sent()).isGreaterThan(100);
            });
        }

        @Override
        public void close() {
            users.forEach(Users::close);
        }
    }
}
