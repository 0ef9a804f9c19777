package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What goes well: deploy, replace under load, roll back, steer, fall back, reboot. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplaceWorldTest {
    private LocalWorld world;

    @BeforeAll
    void deployTheFirstRelease() throws Exception {
        world = LocalWorld.create("replace");
        LocalWorld.Receipt receipt = world.deploy("v1");
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        assertThat(receipt.outcome()).isEqualTo("deployed");
    }

    @AfterAll
    void destroyTheWorld() {
        world.close();
    }

    @Test
    void aReleaseIsReplacedAndRolledBackUnderLoadWithoutAFailedRequest() throws Exception {
        String next = world.settle();
        String before = world.release();
        try (Users users = Users.of(world.address())) {
            LocalWorld.Receipt deployed = world.deploy(next);
            assertThat(deployed.exitCode()).as(deployed.everything()).isZero();
            assertThat(deployed.json().path("previous").asString("")).isEqualTo(before);
            assertThat(deployed.probesSent()).isPositive();
            assertThat(deployed.probeFailures()).isZero();
            world.requireServing(deployed.release());

            LocalWorld.Receipt back = world.rollBack();
            assertThat(back.exitCode()).as(back.everything()).isZero();
            assertThat(back.outcome()).isEqualTo("rolled-back");
            assertThat(back.probeFailures()).isZero();
            world.requireServing(before);
            assertThat(users.failures()).isEmpty();
            assertThat(users.sent()).isGreaterThan(500);
        }
    }

    @Test
    void aRegionGetsAThirdServerAndLosesItAgainUnderLoadWithoutAFailedRequest() throws Exception {
        world.settle();
        String release = world.release();
        try (Users users = Users.of(world.address())) {
            LocalWorld.Receipt more = world.scale("us=3");
            assertThat(more.exitCode()).as(more.everything()).isZero();
            assertThat(more.outcome()).isEqualTo("scaled");
            assertThat(more.probesSent()).isPositive();
            assertThat(more.probeFailures()).isZero();
            assertThat(world.containers()).contains(world.server("us", release, 3));
            assertThat(Users.answeredBy(world.address(), "US", 30, "us-" + release + "-3/" + release))
                    .as("answers of the third server")
                    .isPositive();
            world.requireServing(release);

            LocalWorld.Receipt fewer = world.scale("us=2");
            assertThat(fewer.exitCode()).as(fewer.everything()).isZero();
            assertThat(fewer.outcome()).isEqualTo("scaled");
            assertThat(fewer.release()).isEqualTo(release);
            assertThat(fewer.probeFailures()).isZero();
            assertThat(world.containers()).doesNotContain(world.server("us", release, 3));
            world.requireServing(release);
            assertThat(users.failures()).isEmpty();
            assertThat(users.sent()).isGreaterThan(300);
        }
    }

    @Test
    void deployingTheSameAgainChangesNothing() throws Exception {
        String serving = world.settle().equals("v2") ? "v1" : "v2";
        var before = world.containers();

        LocalWorld.Receipt receipt = world.deploy(serving);

        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        assertThat(receipt.outcome()).isEqualTo("unchanged");
        assertThat(world.containers()).isEqualTo(before);
    }

    @Test
    void readersGetTheNearestRegionAndThePrimaryWhenItIsCutOff() throws Exception {
        world.settle();
        assertThat(Users.servedBy(world.address(), "US")).startsWith("us/");
        assertThat(Users.servedBy(world.address(), "DE")).startsWith("eu/");
        String release = world.release();
        Shell.docker("network", "disconnect", world.network("us"), world.edge());
        try {
            Wait.until("users in the US are answered by the primary", Duration.ofSeconds(15), () -> Users.servedBy(
                            world.address(), "US")
                    .startsWith("eu/"));
        } finally {
            Shell.docker("network", "connect", world.network("us"), world.edge());
        }
        Wait.until("users in the US are answered there again", Duration.ofSeconds(15), () -> Users.servedBy(
                        world.address(), "US")
                .startsWith("us/"));
        world.requireServing(release);
    }

    @Test
    void variablesDifferByRegionAndSecretsReachTheAppOnly() throws Exception {
        world.settle();
        assertThat(Users.page(world.address().resolve("/env"))).isEqualTo("everywhere");
        String server = world.server("us", world.release(), 1);
        String seen = Shell.docker(
                "exec", server, "sh", "-c", "docker ps -q | xargs docker inspect --format '{{.Config.Env}}'");
        assertThat(seen).contains("SHOWN=only us").doesNotContain("TOKEN");
        assertThat(Shell.docker(
                        "exec",
                        world.server("eu", world.release(), 1),
                        "sh",
                        "-c",
                        "grep -rl do-not-print-me /opt /etc /var/log /var/lib/cloud || true"))
                .isEmpty();
    }

    @Test
    void aRebootedServerComesBackWithItsRelease() throws Exception {
        world.settle();
        String release = world.release();
        Shell.docker("restart", world.server("us", release, 2));

        Wait.until("the rebooted server to be healthy", Duration.ofSeconds(60), () -> {
            var us = world.status()
                    .path("regions")
                    .valueStream()
                    .filter(region -> region.path("name").asString("").equals("us"))
                    .findFirst()
                    .orElseThrow();
            return us.path("healthy").asInt() == 2;
        });
        world.requireServing(release);
    }
}
