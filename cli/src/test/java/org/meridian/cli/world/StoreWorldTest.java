package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A deployer and its lock: a second one comes, it is asked to stop, it sleeps, or the store stops to answer. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreWorldTest {
    private LocalWorld world;

    @BeforeAll
    void deployTheFirstRelease() throws Exception {
        world = LocalWorld.create("store");
        LocalWorld.Receipt receipt = world.deploy("v1");
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
    }

    @AfterAll
    void destroyTheWorld() {
        world.close();
    }

    @Test
    void aSecondDeployerIsTurnedAwayOrWaitsAndTheFirstGoesOn() throws Exception {
        String next = world.settle();
        try (Running deploy = world.start("deploy", "--tag", next, "--yes", "--json")) {
            deploy.until("started", e -> true);

            Shell.Ended second = world.meridian("deploy", "--tag", next, "--yes");
            assertThat(second.exitCode()).as(second.errors()).isEqualTo(4);
            assertThat(second.errors()).contains("deploy").contains("pid " + deploy.pid());

            try (Running patient = world.start("deploy", "--tag", next, "--yes", "--json", "--wait-for-lock", "5m")) {
                LocalWorld.Receipt first = world.receipt(deploy.end());
                assertThat(first.exitCode()).as(first.everything()).isZero();

                LocalWorld.Receipt third = world.receipt(patient.end());
                assertThat(third.exitCode()).as(third.everything()).isZero();
                assertThat(third.outcome()).isEqualTo("unchanged");
                world.requireServing(first.release());
            }
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
            LocalWorld.Receipt back = world.rollBack();
            assertThat(back.exitCode()).as(back.everything()).isZero();
            world.requireServing(before);
            world.requireNothingOf(deploy.release());
        }
    }

    @Test
    void aDeployerThatSleptThroughItsLeaseChangesNothingWhenItWakes() throws Exception {
        String next = world.settle();
        try (Users users = Users.of(world.address());
                Running sleeper = world.start("deploy", "--tag", next, "--yes", "--json")) {
            sleeper.until("server_reached", e -> e.path("stage").asString("").equals("booted"));
            sleeper.freeze();

            LocalWorld.Receipt other =
                    world.receipt(world.meridian("deploy", "--tag", next, "--yes", "--json", "--wait-for-lock", "2m"));
            assertThat(other.exitCode()).as(other.everything()).isZero();
            world.requireServing(other.release());
            Set<String> containers = world.containers();
            long acts = sleeper.count("journalled", e -> true);

            sleeper.thaw();
            Shell.Ended woken = sleeper.end();

            assertThat(woken.exitCode()).as(woken.output() + woken.errors()).isEqualTo(3);
            assertThat(woken.output() + woken.errors()).contains("the lock was lost");
            assertThat(sleeper.count("journalled", e -> true)).isEqualTo(acts);
            assertThat(world.containers()).isEqualTo(containers);
            world.requireServing(other.release());
            assertThat(world.status().path("locked").isNull()).isTrue();
            assertThat(users.failures()).as(other.everything()).isEmpty();
        }
    }

    @Test
    void aStoreLostInTheShiftTurnsItBackAndTheNextCommandMakesUpForIt() throws Exception {
        String next = world.settle();
        String before = world.release();
        try (Users users = Users.of(world.address());
                Running deploy = world.start("deploy", "--tag", next, "--yes", "--json")) {
            deploy.until("shifted", e -> e.path("region").asString("").equals("us"));
            BusyStore lost = BusyStore.of(world);
            Shell.Ended alone;
            try {
                alone = deploy.end();
            } finally {
                lost.close();
            }

            String story = alone.output() + alone.errors();
            assertThat(story).contains("the state store does not answer");
            // 3 where removing the new servers takes longer than the lease; users are back by then.
            assertThat(alone.exitCode()).as(story).isIn(1, 3);
            assertThat(Users.servedBy(world.address(), "US")).as(story).endsWith("/" + before);
            assertThat(world.status().path("interrupted").asString(""))
                    .as(story)
                    .contains(deploy.release() + " did not end");

            LocalWorld.Receipt back = world.rollBack();

            assertThat(back.exitCode()).as(story + back.everything()).isZero();
            world.requireServing(before);
            world.requireNothingOf(deploy.release());
            assertThat(world.status().path("interrupted").isNull()).isTrue();
            assertThat(users.failures()).as(story + back.everything()).isEmpty();
        }
    }
}
