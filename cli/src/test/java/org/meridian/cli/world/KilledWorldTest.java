package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The deployer dies: the next command finishes or undoes its work, under load, and nothing is left over. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledWorldTest {
    private LocalWorld world;

    @BeforeAll
    void deployTheFirstRelease() throws Exception {
        world = LocalWorld.create("killed");
        LocalWorld.Receipt receipt = world.deploy("v1");
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
    }

    @AfterAll
    void destroyTheWorld() {
        world.close();
    }

    /** When the deployer dies. */
    enum Instant {
        STARTED("server_reached", "stage", "started"),
        PRIMARY_SHIFTED("shifted", "region", "eu");

        private final String event;
        private final String key;
        private final String value;

        Instant(String event, String key, String value) {
            this.event = event;
            this.key = key;
            this.value = value;
        }

        void await(Running deploy) throws InterruptedException {
            deploy.until(event, e -> e.path(key).asString("").equals(value));
        }
    }

    @ParameterizedTest
    @EnumSource
    void deployingAgainFinishes(Instant instant) throws Exception {
        String next = world.settle();
        try (Readers readers = Readers.of(world.address())) {
            String half = killAt(instant, next);

            LocalWorld.Receipt receipt = world.deploy(next);

            assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
            world.requireServing(half);
            assertThat(readers.failures()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rollingBackUndoes(Instant instant) throws Exception {
        String next = world.settle();
        String before = world.release();
        try (Readers readers = Readers.of(world.address())) {
            String half = killAt(instant, next);
            assertThat(half).isNotEqualTo(before);
            assertThat(world.status().path("interrupted").asString("")).contains("did not end");

            LocalWorld.Receipt receipt = world.rollBack();

            assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
            world.requireOnly(before);
            assertThat(readers.failures()).isEmpty();
        }
    }

    /** Kills a deploy of that tag at that instant; returns the number of the release that it was deploying. */
    private String killAt(Instant instant, String tag) throws InterruptedException {
        try (Running deploy = world.start("deploy", "--tag", tag, "--yes", "--json")) {
            instant.await(deploy);
            deploy.kill();
            return deploy.release();
        }
    }

    @Test
    void aDeployThatIsAskedToStopSaysHowToGoOn() throws Exception {
        String next = world.settle();
        String before = world.release();
        try (Running deploy = world.start("deploy", "--tag", next, "--yes", "--json")) {
            deploy.until("server_reached", e -> e.path("stage").asString("").equals("booted"));

            Shell.Ended ended = deploy.terminate().end();

            assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(130);
            assertThat(ended.errors()).contains("meridian deploy").contains("meridian rollback");
            assertThat(world.rollBack().exitCode()).isZero();
            world.requireOnly(before);
        }
    }
}
