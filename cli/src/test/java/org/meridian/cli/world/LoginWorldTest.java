package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A registry that wants a login: the one that is in Docker's configuration here serves here and on the machine. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoginWorldTest {
    private static final String APP = "loginworld";

    private LocalWorld world;
    private Machines machines;
    private PrivateRegistry registry;
    private Path docker;
    private String byDigest;

    @BeforeAll
    void bootAMachineAndARegistry() throws Exception {
        world = LocalWorld.create(APP);
        Path ssh = Files.createDirectory(world.directory().resolve("ssh"));
        docker = Files.createDirectory(world.directory().resolve("docker"));
        machines = Machines.boot(1, ssh, APP, "lab");
        String network = "meridian-" + APP + "-lab";
        registry = PrivateRegistry.start("meridian-" + APP + "-private", network);
        machines.run(1, registry.way(network));
        logIn(PrivateRegistry.PASSWORD);
        byDigest = registry.push("meridian-faulty:v1", "team/app:v1", docker);
        world.environment(Map.of("DOCKER_CONFIG", docker.toString()));
        configure();
    }

    @AfterAll
    void destroyEverything() {
        try {
            world.close();
        } finally {
            try {
                registry.close();
            } finally {
                machines.close();
            }
        }
    }

    private void configure() throws Exception {
        world.write("meridian.yml", """
                app: %s
                image: %s/team/app
                regions:
                  lab: { provider: hosts, location: DE, hosts: [{ ssh: "ops@%s", address: %s }] }
                serve: { service: web, port: 3000, health: { path: /up, interval: 300ms, timeout: 1s, rise: 2, within: 20s } }
                rollout: { watch: 1s, drain: 5s }
                traffic: { driver: haproxy, port: %d }
                probe: { rate: 10/s }
                ssh: { user: ops, key: ssh/id_ed25519, agent: none, known_hosts: ssh/known_hosts, config: none }
                """.formatted(
                        APP,
                        registry.name(),
                        machines.address(1),
                        machines.address(1),
                        world.address().getPort()));
        world.write(
                "compose.yaml",
                Files.readString(world.directory().resolve("compose.yaml"))
                        .replace("image: meridian-faulty", "image: " + registry.name() + "/team/app"));
    }

    private void logIn(String password) throws Exception {
        Files.writeString(docker.resolve("config.json"), registry.config(password));
    }

    @Test
    @Order(1)
    void aWrongPasswordIsRefusedBeforeAnythingIsDone() throws Exception {
        logIn("wrong-one");

        Shell.Ended deployed = world.meridian("deploy", "--tag", "v1", "--yes");

        assertThat(deployed.exitCode()).as(deployed.errors()).isEqualTo(2);
        assertThat(deployed.errors())
                .contains("does not let this machine read " + registry.name() + "/team/app:v1")
                .contains("'docker login " + registry.name() + "'");
        assertNothingOnTheMachine(deployed);
    }

    @Test
    @Order(2)
    void aMachineThatIsNotLetInEndsTheDeployAndHasNothingLeft() throws Exception {
        logIn("wrong-one");

        // What has a digest is not looked up, so it is the machine that the registry refuses.
        Shell.Ended deployed = world.meridian("deploy", "--image", byDigest, "--yes");

        assertThat(deployed.exitCode()).as(deployed.errors()).isEqualTo(1);
        assertThat(deployed.output() + deployed.errors())
                .contains("may not pull release r1: " + registry.name() + " does not take the login of this machine")
                .contains("Run 'docker login " + registry.name() + "' here");
        assertNothingOnTheMachine(deployed);
    }

    @Test
    @Order(3)
    void theLoginThatIsHereServesForTheLookUpAndForThePullAndStaysNowhere() throws Exception {
        logIn(PrivateRegistry.PASSWORD);

        LocalWorld.Receipt deployed = world.receipt(world.meridian("deploy", "--tag", "v1", "--yes", "--json"));

        assertThat(deployed.exitCode()).as(deployed.everything()).isZero();
        assertThat(Users.page(world.address())).endsWith("v1");
        assertThat(machines.run(1, "docker ps --format '{{.Image}}'")).isEqualTo(registry.name() + "/team/app");
        assertNoLogin();
    }

    private void assertNothingOnTheMachine(Shell.Ended deployed) {
        assertThat(deployed.output() + deployed.errors()).doesNotContain("wrong-one");
        assertThat(machines.run(
                        1,
                        "ls -d /opt/meridian/" + APP + "-lab-* /etc/systemd/system/meridian-" + APP
                                + "-lab-* 2>/dev/null; docker ps -aq; docker image ls -q"))
                .isEmpty();
        assertNoLogin();
    }

    private void assertNoLogin() {
        assertThat(machines.run(
                        1,
                        "find /run/meridian -name 'pull.*' 2>/dev/null; find / /run -xdev -type f"
                                + " \\( -path '*/.docker/config.json' -o -path '*/meridian/*' \\)"
                                + " -exec grep -l '\"auths\"' {} + 2>/dev/null || true"))
                .isEmpty();
    }
}
