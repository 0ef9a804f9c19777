package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A region whose machine has no way to the team's registry, nor a login for it: the machine that deploys has both. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayWorldTest {
    private static final String APP = "relayworld";

    private LocalWorld world;
    private Machines machines;
    private PrivateRegistry registry;

    @BeforeAll
    void bootAMachineAndARegistry() throws Exception {
        world = LocalWorld.create(APP);
        Path ssh = Files.createDirectory(world.directory().resolve("ssh"));
        Path docker = Files.createDirectory(world.directory().resolve("docker"));
        machines = Machines.boot(1, ssh, APP, "lab");
        registry = PrivateRegistry.start("meridian-" + APP + "-private", "meridian-" + APP + "-lab");
        Files.writeString(docker.resolve("config.json"), registry.config(PrivateRegistry.PASSWORD));
        String pushed = registry.push("meridian-faulty:v1", "team/app:v1", docker);
        assertThat(pushed).contains("/team/app@sha256:");
        world.environment(Map.of("DOCKER_CONFIG", docker.toString()));
        world.write("meridian.yml", """
                app: %s
                image: %s/team/app
                regions:
                  lab: { provider: hosts, location: DE, push: ssh, hosts: [{ ssh: "ops@%s", address: %s }] }
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

    @Test
    void itsServersGetTheImageByDigestAndNeverTheLogin() {
        String listening = listening();
        assertThat(world.meridian("plan", "--tag", "v1").output()).contains("(in lab through this machine, over SSH)");

        LocalWorld.Receipt deployed = world.receipt(world.meridian("deploy", "--tag", "v1", "--yes", "--json"));

        assertThat(deployed.exitCode()).as(deployed.everything()).isZero();
        assertThat(Users.page(world.address())).endsWith("v1");
        assertThat(machines.run(1, "docker image ls --format '{{.Repository}}:{{.Tag}}'"))
                .matches("relay\\.meridian\\.invalid/team/app:sha256-[0-9a-f]{64}");
        assertThat(listening()).as("the tunnel's port is closed").isEqualTo(listening);
        assertThat(machines.run(
                        1,
                        "find /run/meridian -name 'pull.*'; journalctl --no-pager | grep -c " + PrivateRegistry.PASSWORD
                                + " || true"))
                .isEqualTo("0");
    }

    /** The ports of 127.0.0.1 that something listens on, but for those that servers publish. */
    private String listening() {
        return machines.run(1, "ss -Hltn src 127.0.0.1 | awk '{ print $4 }' | sort");
    }
}
