package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.testkit.simulation.Story.R1;
import static org.meridian.testkit.simulation.Story.R2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.operation.MachineRequest;
import org.meridian.core.operation.MachineWork;

/** A deployer that is killed at each instant of its work, one run each. */
class CrashTest {
    private static final MachineRequest IN_EU = new MachineRequest(List.of(), Optional.of(SimulatedApps.EU), false);

    @Test
    void deployingAgainFinishesWhateverTheInstant() throws Exception {
        int instants = atEveryInstant(story -> story.deploy(2), story -> {
            Receipt receipt = story.deploy(2);
            assertThat(receipt.outcome()).isIn(Outcome.DEPLOYED, Outcome.UNCHANGED);
            story.requireServing(receipt.release(), Optional.of(R1));
        });
        assertThat(instants).isGreaterThan(60);
    }

    @Test
    void rollingBackUndoesWhateverTheInstant() throws Exception {
        int instants = atEveryInstant(story -> story.deploy(2), story -> {
            Receipt receipt = story.rollBackTo(R1);
            assertThat(receipt.outcome()).isIn(Outcome.ROLLED_BACK, Outcome.UNCHANGED);
            story.requireServing(R1, story.kept());
        });
        assertThat(instants).isGreaterThan(60);
    }

    @Test
    void deployingAnotherReleaseUndoesTheInterruptedOneFirst() throws Exception {
        atEveryInstant(story -> story.deploy(2), story -> {
            assertThat(story.deploy(3).outcome()).isEqualTo(Outcome.DEPLOYED);
            story.requireServing(story.world.serving(SimulatedApps.EU), story.kept());
        });
    }

    @Test
    void anInterruptedRollbackIsFinishedByRollingBackAgain() throws Exception {
        atEveryInstantAfter(story -> story.deploy(2), Story::rollBack, story -> {
            story.rollBackTo(R1);
            story.requireServing(R1, Optional.of(R2));
        });
    }

    @Test
    void aFirstDeployThatWasKilledIsFinishedByTheNext() throws Exception {
        Story story = new Story(1);
        for (int instant = 1; crashes(story, instant, s -> s.deploy(1)); instant++) {
            Receipt receipt = story.deploy(1);
            assertThat(receipt.outcome()).isIn(Outcome.DEPLOYED, Outcome.UNCHANGED);
            story.requireServing(receipt.release(), Optional.empty());
            story = new Story(instant);
        }
    }

    @Test
    void anInterruptedScalingIsFinishedByTheNext() throws Exception {
        for (int servers : new int[] {1, 3}) {
            int instants = atEveryInstant(story -> story.scale(Map.of(0, servers, 1, servers)), story -> {
                Receipt receipt = story.scale(Map.of(0, servers, 1, servers));
                assertThat(receipt.outcome()).isIn(Outcome.SCALED, Outcome.UNCHANGED);
                story.requireServing(R1, Optional.empty());
                assertThat(story.fleet(SimulatedApps.EU, R1)).hasSize(servers);
                assertThat(story.fleet(SimulatedApps.US, R1)).hasSize(servers);
            });
            assertThat(instants).isGreaterThan(30);
        }
    }

    @Test
    void rollingBackUndoesAScalingWhateverTheInstant() throws Exception {
        atEveryInstant(story -> story.scale(Map.of(0, 3, 1, 3)), story -> {
            Receipt receipt = story.rollBackTo(R1);
            assertThat(receipt.outcome()).isIn(Outcome.ROLLED_BACK, Outcome.UNCHANGED);
            story.requireServing(R1, Optional.empty());
        });
    }

    @Test
    void anotherReleaseIsDeployedOverAnInterruptedScaling() throws Exception {
        for (int servers : new int[] {1, 3}) {
            atEveryInstant(story -> story.scale(Map.of(0, servers)), story -> {
                assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);
                story.requireServing(R2, Optional.of(R1));
            });
        }
    }

    @Test
    void machinesThatWereBeingRebootedHaveTheirUsersAgainAfterAScaling() throws Exception {
        int instants = atEveryInstant(story -> story.machines().reboot(IN_EU, machines -> true), CrashTest::repaired);
        assertThat(instants).isGreaterThan(20);
    }

    @Test
    void machinesThatWereBeingReplacedAreReplacedOrThereAfterAScaling() throws Exception {
        int instants = atEveryInstant(
                story -> new MachineWork(story.world.workspace()).replace(IN_EU, machines -> true),
                CrashTest::repaired);
        assertThat(instants).isGreaterThan(60);
    }

    private static void repaired(Story story) throws InterruptedException {
        assertThat(story.scale(Map.of()).outcome()).isIn(Outcome.SCALED, Outcome.UNCHANGED);
        story.requireServing(R1, Optional.empty());
        assertThat(story.fleet(SimulatedApps.EU, R1)).hasSize(2);
        assertThat(new MachineWork(story.world.workspace()).list()).allSatisfy(machine -> assertThat(machine.servers())
                .allSatisfy(server -> assertThat(server.weight().percent()).isEqualTo(100)));
    }

    private static int atEveryInstant(Act killed, Act then) throws InterruptedException {
        return atEveryInstantAfter(story -> {}, killed, then);
    }

    private static int atEveryInstantAfter(Act before, Act killed, Act then) throws InterruptedException {
        for (int instant = 1; ; instant++) {
            Story story = Story.withFirstRelease(instant);
            before.run(story);
            if (!crashes(story, instant, killed)) {
                return instant - 1;
            }
            try {
                then.run(story);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "killed at instant " + instant + ": " + e.getMessage() + "\n" + story.world.history(), e);
            }
        }
    }

    private static boolean crashes(Story story, int instant, Act act) throws InterruptedException {
        story.world.crashAfter(instant);
        try {
            act.run(story);
            return false;
        } catch (SimulatedCrash crash) {
            return true;
        } finally {
            story.world.revive();
        }
    }

    private interface Act {
        void run(Story story) throws InterruptedException;
    }
}
