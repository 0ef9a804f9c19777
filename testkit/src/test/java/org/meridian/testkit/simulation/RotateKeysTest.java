package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.testkit.simulation.KeyRing.NEW;
import static org.meridian.testkit.simulation.KeyRing.OLD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.model.KeyRotation.Phase;
import org.meridian.core.operation.ReadKeys;
import org.meridian.core.operation.RotateKeys;
import org.meridian.core.operation.RotationResult;

/** A new deploy key in the former one's place, with a deployer that dies anywhere and machines that do not answer. */
final class RotateKeysTest {
    private static final String LAB = "ops@lab";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRotationThatIsKilledAtAnyInstantIsFinishedByRunningItAgain(boolean stored) throws Exception {
        int instants = atEveryInstant(stored, (story, ring) -> {
            if (!ring.current().equals(NEW) || phase(story) != Phase.DONE) {
                assertThat(finished(story, ring).rotation().phase()).isEqualTo(Phase.DONE);
            }
            assertThat(ring.current()).isEqualTo(NEW);
            assertThat(ring.accepted.values()).hasSizeGreaterThan(6).allSatisfy(keys -> assertThat(keys)
                    .containsExactly(NEW));
        });
        assertThat(instants).isGreaterThan(20);
    }

    @Test
    void aRotationThatIsKilledBeforeEveryMachineHasTheNewKeyCanBeUndone() throws Exception {
        atEveryInstant(true, (story, ring) -> {
            if (phase(story) != Phase.ADDING) {
                return;
            }
            assertThat(rotating(story, ring).undo().rotation().phase()).isEqualTo(Phase.UNDONE);
            assertThat(ring.accepted.values())
                    .allSatisfy(keys -> assertThat(keys).containsExactly(OLD));
        });
    }

    @Test
    void aMachineThatDoesNotAnswerIsNamedAndTheFormerKeyStaysEverywhere() throws Exception {
        Story story = Story.withFirstRelease(5);
        KeyRing ring = new KeyRing(false);
        ring.unreachable.add(LAB);

        RotationResult result = rotating(story, ring).run();

        assertThat(result.rotation().phase()).isEqualTo(Phase.ADDING);
        assertThat(result.left()).singleElement().satisfies(left -> assertThat(left.summary())
                .contains(LAB));
        assertThat(ring.current()).isEqualTo(OLD);
        assertThat(ring.accepted.values()).allSatisfy(keys -> assertThat(keys).contains(OLD));

        ring.unreachable.clear();
        assertThat(rotating(story, ring).run().rotation().phase()).isEqualTo(Phase.DONE);
        assertThat(ring.accepted.get(LAB)).containsExactly(NEW);
    }

    @Test
    void aKeyInAStoreOfSecretsIsStoredByAPersonBetweenTheTwoRuns() throws Exception {
        Story story = Story.withFirstRelease(6);
        KeyRing ring = new KeyRing(true);

        assertThat(rotating(story, ring).run().awaitsStore()).isTrue();
        assertThat(rotating(story, ring).run().awaitsStore())
                .as("nothing was stored")
                .isTrue();
        assertThat(ring.accepted.values()).allSatisfy(keys -> assertThat(keys).containsExactlyInAnyOrder(OLD, NEW));
        assertThatThrownBy(() -> rotating(story, ring).undo()).hasMessageContaining("no rotation");
        ring.store(NEW);

        assertThat(rotating(story, ring).run().rotation().phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void aRotationWaitsUntilARolloutThatWasCutOffHasEnded() throws Exception {
        Story story = Story.withFirstRelease(7);
        story.world.publish(2);
        story.world.crashAfter(40);
        assertThatThrownBy(() -> story.deploy(2)).isInstanceOf(SimulatedCrash.class);
        story.world.revive();

        assertThatThrownBy(() -> rotating(story, new KeyRing(false)).run())
                .hasMessageContaining("rollout 2 has not ended");
        story.deploy(2);
        assertThat(rotating(story, new KeyRing(false)).run().rotation().phase())
                .as("what was cut off was finished by another rollout, and its record stays as it was")
                .isEqualTo(Phase.DONE);
    }

    @Test
    void keysAreListedWithTheMachinesThatCanNotBeAsked() throws Exception {
        Story story = Story.withFirstRelease(8);
        KeyRing ring = new KeyRing(false);
        ring.unreachable.add(LAB);
        Deployer deployer = story.world.deployer("looking");

        var report = new ReadKeys(story.world.workspace(deployer), ring.of(deployer)).run();

        assertThat(report.current()).isEqualTo(OLD);
        assertThat(report.rotation()).isEmpty();
        assertThat(report.places())
                .hasSize(7)
                .filteredOn(at -> at.problem().isPresent())
                .singleElement()
                .satisfies(at -> assertThat(at.name()).isEqualTo(LAB));
        assertThat(report.places().getFirst().lines()).containsExactly(OLD);
    }

    private static int atEveryInstant(boolean stored, Then then) throws Exception {
        for (int instant = 1; ; instant++) {
            Story story = Story.withFirstRelease(instant);
            KeyRing ring = new KeyRing(stored);
            story.world.crashAfter(instant);
            boolean killed = false;
            try {
                RotationResult unused = finished(story, ring);
            } catch (SimulatedCrash crash) {
                killed = true;
            }
            story.world.revive();
            if (!killed) {
                return instant - 1;
            }
            ring.requireOpen();
            then.on(story, ring);
        }
    }

    private static RotationResult finished(Story story, KeyRing ring) throws InterruptedException {
        RotationResult result = rotating(story, ring).run();
        if (result.awaitsStore()) {
            ring.store(NEW);
            result = rotating(story, ring).run();
        }
        return result;
    }

    private static RotateKeys rotating(Story story, KeyRing ring) {
        Deployer deployer = story.world.deployer("rotating");
        return new RotateKeys(story.world.workspace(deployer), ring.of(deployer));
    }

    private static Phase phase(Story story) throws InterruptedException {
        return story.world
                .workspace()
                .state()
                .keyRotation()
                .map(one -> one.phase())
                .orElse(Phase.DONE);
    }

    private interface Then {
        void on(Story story, KeyRing ring) throws Exception;
    }
}
