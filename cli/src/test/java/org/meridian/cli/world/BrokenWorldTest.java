package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What goes wrong during a deploy: everything is put back, and users notice as little as can be. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenWorldTest {
    private LocalWorld world;
    private String next = "";
    private String before = "";

    @BeforeAll
    void deployTheFirstRelease() throws Exception {
        world = LocalWorld.create("broken");
        LocalWorld.Receipt receipt = world.deploy("v1");
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
    }

    @BeforeEach
    void settle() {
        next = world.settle();
        before = world.release();
    }

    @AfterEach
    void everythingIsAsItWas() {
        world.requireServing(before);
    }

    @AfterAll
    void destroyTheWorld() {
        world.close();
    }

    @Test
    void anImageThatDoesNotExistIsSaidBeforeAnythingIsTouched() {
        Set<String> containers = world.containers();

        Shell.Ended ended = world.meridian("deploy", "--tag", "never-built", "--yes");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.errors()).contains("meridian-faulty:never-built").doesNotContain("Exception");
        assertThat(world.containers()).isEqualTo(containers);
    }

    @Test
    void anAppThatNeverBecomesHealthyIsRemovedAndItsLogsAreShown() {
        try (Users users = Users.of(world.address())) {
            LocalWorld.Receipt receipt = world.deploy("unhealthy");

            assertThat(receipt.exitCode()).as(receipt.everything()).isEqualTo(1);
            assertThat(receipt.outcome()).isEqualTo("rolled-back");
            assertThat(receipt.everything()).contains("the database of this app is on holiday");
            world.requireOnly(before);
            assertThat(users.failures()).isEmpty();
        }
    }

    @Test
    void anAppWhosePagesFailUnderTrafficIsPutBack() {
        LocalWorld.Receipt receipt = world.deploy("pages");

        assertThat(receipt.exitCode()).as(receipt.everything()).isEqualTo(1);
        assertThat(receipt.outcome()).isEqualTo("rolled-back");
        assertThat(receipt.probeFailures()).isPositive();
        world.requireOnly(before);
        assertThat(Users.page(world.address())).startsWith("hello");
    }

    @Test
    void aCommandBeforeTheShiftThatFailsKeepsTrafficWhereItIs() throws Exception {
        world.configure("refuse");
        try {
            LocalWorld.Receipt receipt = world.deploy(next);

            assertThat(receipt.exitCode()).as(receipt.everything()).isEqualTo(1);
            assertThat(receipt.everything()).contains("this migration refuses");
            world.requireOnly(before);
        } finally {
            world.configure("migrate");
        }
    }

    @Test
    void aServerThatDiesDuringPrepareEndsTheDeploy() throws Exception {
        try (Running deploy = world.start("deploy", "--tag", next, "--yes", "--json")) {
            String victim = world.server("us", deploy.release(), 1);
            deploy.until(
                    "server_reached",
                    e -> e.path("server").asString("").equals(victim)
                            && e.path("stage").asString("").equals("booted"));

            Shell.docker("kill", victim);

            LocalWorld.Receipt receipt = world.receipt(deploy.end());
            assertThat(receipt.exitCode()).as(receipt.everything()).isEqualTo(1);
            world.requireOnly(before);
            assertThat(receipt.probeFailures()).isZero();
        }
    }

    @Test
    void aServerThatDiesDuringTheShiftPutsItsRegionBack() throws Exception {
        try (Running deploy = world.start("deploy", "--tag", next, "--yes", "--json")) {
            deploy.until("shifted", e -> e.path("region").asString("").equals("us"));

            Shell.docker("kill", world.server("us", deploy.release(), 1));

            LocalWorld.Receipt receipt = world.receipt(deploy.end());
            assertThat(receipt.exitCode()).as(receipt.everything()).isEqualTo(1);
            world.requireOnly(before);
        }
    }

    @Test
    void aRegionCutOffDuringTheShiftFallsBackAndEverythingIsPutBack() throws Exception {
        try (Running deploy = world.start("deploy", "--tag", next, "--yes", "--json")) {
            deploy.until("shifted", e -> e.path("region").asString("").equals("us"));

            Shell.docker("network", "disconnect", world.network("us"), world.edge());
            try {
                Wait.until("users in the US are answered by the primary", Duration.ofSeconds(15), () -> Users.servedBy(
                                world.address(), "US")
                        .startsWith("eu/"));
                LocalWorld.Receipt receipt = world.receipt(deploy.end());
                assertThat(receipt.exitCode()).as(receipt.everything()).isEqualTo(1);
                assertThat(Users.servedBy(world.address(), "US")).endsWith("/" + before);
            } finally {
                Shell.docker("network", "connect", world.network("us"), world.edge());
            }
            Wait.until("the region's servers to be healthy again", Duration.ofSeconds(20), () -> Users.servedBy(
                            world.address(), "US")
                    .startsWith("us/"));
            world.requireOnly(before);
        }
    }

    @Test
    void aFullDiskOnAServerEndsTheDeployAndIsNamed() throws Exception {
        try (Running deploy = world.start("deploy", "--tag", next, "--yes", "--json")) {
            String victim = world.server("us", deploy.release(), 1);
            deploy.until(
                    "server_reached",
                    e -> e.path("server").asString("").equals(victim)
                            && e.path("stage").asString("").equals("created"));
            giveASmallDisk(victim);

            LocalWorld.Receipt receipt = world.receipt(deploy.end());

            assertThat(receipt.exitCode()).as(receipt.everything()).isEqualTo(1);
            assertThat(receipt.everything()).contains("no space left on device").contains(victim);
            world.requireOnly(before);
            assertThat(receipt.probeFailures()).isZero();
        }
    }

    @Test
    void anEdgeRestartedInTheMiddleKeepsItsStateAndTheDeployEnds() throws Exception {
        try (Running deploy = world.start("deploy", "--tag", next, "--yes", "--json")) {
            deploy.until("shifted", e -> e.path("region").asString("").equals("us"));

            Shell.docker("restart", "--time", "2", world.edge());

            LocalWorld.Receipt receipt = world.receipt(deploy.end());
            assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
            before = receipt.release();
        }
    }

    /** The engine of this server gets a disk with less room than the image needs, whether it runs already or not. */
    private void giveASmallDisk(String server) {
        String mount = "mount -t tmpfs -o size=8m tmpfs /var/lib/docker && mkdir -p /var/lib/docker/tmp";
        Wait.until("a disk of 8 MiB under the engine", Duration.ofSeconds(20), () -> {
            List<String> inside = List.of("docker", "exec", server, "sh", "-c", mount);
            return Shell.attempt(world.directory(), Duration.ofSeconds(10), inside)
                            .exitCode()
                    == 0;
        });
    }
}
