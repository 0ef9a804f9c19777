package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.testkit.ec2.Ec2Cloud;
import org.meridian.testkit.terraform.InstalledTerraform;

/**
 * One rollout over three kinds of region: servers that real Terraform makes with the real AWS provider, in a cloud of the
 * tests' own whose instances boot; servers of the local world; and a machine that exists already.
 */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MixedWorldTest {
    private static final Path MODULE = LocalWorld.CHECKOUT.resolve("terraform/aws");

    private LocalWorld world;
    private Machines lab;
    private Machines instances;
    private Ec2Cloud cloud;
    private boolean destroyed;

    @BeforeAll
    void startTheCloudAndTheMachine(@TempDir Path temporary) throws Exception {
        InstalledTerraform.require();
        Path mirror = InstalledTerraform.requireProvider(MODULE, temporary.resolve("terraform.rc"));
        world = LocalWorld.create("mixed");
        Path ssh = Files.createDirectory(world.directory().resolve("ssh"));
        lab = Machines.beside(world.app(), "lab", ssh.resolve("pinned"));
        lab.boot(1, ssh);
        instances = Machines.beside(world.app(), "cloud", temporary.resolve("pinned"));
        cloud = Ec2Cloud.start(new CloudMachines(instances), 6);
        Map<String, String> environment = new HashMap<>(cloud.environment());
        environment.put("TF_CLI_CONFIG_FILE", mirror.toString());
        world.environment(environment);
        configure();
    }

    private void configure() throws Exception {
        world.write("meridian.yml", """
                app: %s
                image: meridian-faulty
                primary: cloud
                regions:
                  cloud: { provider: aws, location: us-east-1, servers: 2, secrets: "env-file:secrets.env" }
                  laptop: { provider: local, location: DE, servers: 1, secrets: "env-file:secrets.env" }
                  lab:
                    provider: hosts
                    location: FR
                    hosts: [{ ssh: "ops@%s", address: %2$s }]
                    secrets: env-file:secrets.env
                serve: { service: web, port: 3000, health: { path: /up, interval: 300ms, timeout: 1s, rise: 2, within: 30s } }
                before_shift: migrate
                rollout: { watch: 3s, drain: 5s, keep_previous: 10m }
                traffic: { driver: haproxy, port: %d }
                probe: { rate: 10/s }
                ssh: { user: ops, key: ssh/id_ed25519, agent: none, known_hosts: ssh/known_hosts, config: none }
                terraform: { plugin_cache: plugins }
                """.formatted(
                        world.app(), lab.address(1), world.address().getPort()));
    }

    @AfterAll
    void endEverything() {
        if (world == null) {
            return; // Skipped.
        }
        try {
            if (!destroyed) {
                world.close();
            }
        } finally {
            if (cloud != null) {
                cloud.close();
            }
            instances.close();
            lab.close();
        }
    }

    private String[] deploying(String tag) throws InterruptedException {
        return new String[] {"deploy", "--image", lab.pullable("meridian-faulty:" + tag), "--yes", "--json"};
    }

    private LocalWorld.Receipt deploy(String tag) throws InterruptedException {
        LocalWorld.Receipt receipt = world.receipt(world.meridian(deploying(tag)));
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        assertThat(receipt.probeFailures()).isZero();
        return receipt;
    }

    @Test
    @Order(1)
    void aDeployerKilledWhileTerraformMakesServersIsFinishedByTheNext() throws Exception {
        try (Running killed = world.start(deploying("v1"))) {
            assertThat(killed.untilOrEnd(() -> !cloud.instances().isEmpty()))
                    .as(killed.everything())
                    .isTrue();
            killed.kill();
        }

        assertThat(deploy("v1").outcome()).isEqualTo("deployed");
        assertThat(cloud.instances())
                .as("none twice")
                .containsOnlyKeys(world.server("cloud", "r1", 1), world.server("cloud", "r1", 2));
        world.requireHealthy();
    }

    @Test
    @Order(2)
    void aReleaseIsReplacedAndRolledBackUnderLoadWithoutAFailedRequest() throws Exception {
        try (Users users = Users.of(world.address())) {
            assertServed("v1");
            assertThat(deploy("v2").outcome()).isEqualTo("deployed");
            assertServed("v2");
            assertThat(cloud.instances())
                    .as("both fleets, each server by its name")
                    .hasSize(4);

            LocalWorld.Receipt back = world.rollBack();
            assertThat(back.exitCode()).as(back.everything()).isZero();
            assertThat(back.outcome()).isEqualTo("rolled-back");
            assertThat(back.probeFailures()).isZero();
            assertServed("v1");

            assertThat(users.failures()).isEmpty();
            assertThat(users.sent()).isGreaterThan(500);
        }
    }

    @Test
    @Order(3)
    void aRegionInACloudGetsAThirdServerAndGivesItBackUnderLoadWithoutAFailedRequest() throws Exception {
        Set<String> before = cloud.instances().keySet();
        String third = world.server("cloud", "r1", 3);
        try (Users users = Users.of(world.address())) {
            scale("cloud=3");
            assertThat(cloud.instances()).containsKey(third).hasSize(before.size() + 1);
            world.requireHealthy();

            scale("cloud=2");
            assertThat(cloud.instances()).as("the third is gone").containsOnlyKeys(before);
            world.requireHealthy();

            assertThat(users.failures()).isEmpty();
            assertThat(users.sent()).isGreaterThan(500);
        }
    }

    private void scale(String number) {
        LocalWorld.Receipt receipt = world.receipt(world.meridian("scale", number, "--yes", "--json"));
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        assertThat(receipt.probeFailures()).isZero();
    }

    /** Each kind of region answers the users next to it, with this release. */
    private void assertServed(String tag) {
        assertThat(Users.servedBy(world.address(), "US")).startsWith("cloud/");
        assertThat(Users.servedBy(world.address(), "DE")).startsWith("laptop/");
        assertThat(Users.servedBy(world.address(), "FR")).startsWith("lab/");
        assertThat(Users.page(world.address())).endsWith(tag);
        world.requireHealthy();
    }

    @Test
    @Order(4)
    void destroyLeavesNothingInTheCloudAndNothingOnTheMachine() {
        // The networks that the lab's machine is reached through go with the local world, so this is done once.
        destroyed = true;
        world.close();

        assertThat(cloud.empty())
                .as("key pairs, security groups and instances are gone: " + cloud.instances())
                .isTrue();
        assertThat(cloud.unknown()).isEmpty();
        assertThat(instances.containers()).isZero();
        assertThat(world.directory().resolve(".meridian/terraform/cloud")).doesNotExist();
        assertThat(lab.run(
                        1,
                        "ls -d /opt/meridian/" + world.app() + "-lab-* /etc/systemd/system/meridian-" + world.app()
                                + "-lab-* 2>/dev/null; docker ps -aq; docker volume ls -q"))
                .isEmpty();
    }
}
