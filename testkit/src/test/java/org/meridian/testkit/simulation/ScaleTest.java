package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.testkit.simulation.SimulatedApps.AP;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;
import static org.meridian.testkit.simulation.Story.R1;
import static org.meridian.testkit.simulation.Story.R2;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.plan.Plan;

/** More servers and fewer of the release that serves. */
class ScaleTest {
    private static final Map<Integer, Integer> EU_3 = Map.of(0, 3);
    private static final ServerName THIRD = new ServerName("journal-eu-r1-3");

    @Test
    void aRegionGetsAThirdServerAndLosesItAgain() throws Exception {
        Story story = Story.withFirstRelease(1);

        Receipt more = story.scale(EU_3);

        assertThat(more.outcome()).isEqualTo(Outcome.SCALED);
        assertThat(more.release()).isEqualTo(R1);
        assertThat(story.fleet(EU, R1)).hasSize(3).contains(THIRD);
        assertThat(story.fleet(US, R1)).hasSize(2);
        assertThat(serving(story)).isEqualTo(3);
        assertThat(configured(story)).isEqualTo(3);

        assertThat(story.scale(Map.of(0, 2)).outcome()).isEqualTo(Outcome.SCALED);

        assertThat(story.fleet(EU, R1)).hasSize(2).doesNotContain(THIRD);
        assertThat(serving(story)).isEqualTo(2);
        assertThat(configured(story)).isEqualTo(2);
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void regionsScaleAtTheSameTime() throws Exception {
        Story story = Story.withFirstRelease(2);
        int events = story.world.events().size();

        story.scale(Map.of(0, 3, 1, 3, 2, 1));

        Plan plan = started(story, events);
        assertThat(plan.waves()).hasSize(1);
        assertThat(plan.waves().getFirst()).containsExactlyInAnyOrder(EU, US, AP);
        assertThat(plan.beforeShift()).isEmpty();
    }

    @Test
    void aDeployInWhichOnlyNumbersDifferScales() throws Exception {
        Story story = Story.withFirstRelease(3);
        story.edit(EU_3);

        Receipt receipt = story.deploy(1);

        assertThat(receipt.outcome()).isEqualTo(Outcome.SCALED);
        assertThat(receipt.release()).isEqualTo(R1);
        assertThat(story.fleet(EU, R1)).hasSize(3);
        assertThat(story.deploy(1).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void scalingMakesNoReleaseOfWhatElseHasChanged() throws Exception {
        Story story = Story.withFirstRelease(4);
        story.world.publish(2);
        story.edit(EU_3);

        assertThat(story.scale(Map.of()).release()).isEqualTo(R1);

        assertThat(story.world.state.releases).hasSize(1);
        assertThat(story.deploy(2).release()).isEqualTo(R2);
        assertThat(story.fleet(EU, R2)).hasSize(3);
    }

    @Test
    void aRollbackHasTodaysNumber() throws Exception {
        Story story = Story.withFirstRelease(5);
        story.deploy(2);
        story.scale(Map.of(0, 3, 1, 1));
        assertThat(story.fleet(EU, R1)).as("warm").hasSize(2);

        assertThat(story.rollBack().outcome()).isEqualTo(Outcome.ROLLED_BACK);

        story.requireServing(R1, Optional.of(R2));
        assertThat(story.fleet(EU, R1)).hasSize(3);
        assertThat(story.fleet(US, R1)).hasSize(1);
        assertThat(story.fleet(AP, R1)).hasSize(2);
    }

    @Test
    void scalingLeavesTheWarmFleetAlone() throws Exception {
        Story story = Story.withFirstRelease(6);
        story.deploy(2);

        story.scale(EU_3);

        assertThat(story.fleet(EU, R1)).hasSize(2);
        assertThat(new ReadStatus(story.world.workspace()).run().kept()).isPresent();
    }

    @Test
    void aServerThatDoesNotComeUpGoesAgainAndTheFileSaysWhatIsThere() throws Exception {
        Story story = Story.withFirstRelease(7);
        story.world.dies(THIRD, Duration.ofSeconds(5));

        Receipt receipt = story.scale(Map.of(0, 3, 1, 3));

        assertThat(receipt.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(story.fleet(EU, R1)).hasSize(2);
        assertThat(story.fleet(US, R1)).hasSize(2);
        assertThat(configured(story)).isEqualTo(2);
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aServerThatCantBeDestroyedIsOutOfTrafficAndTheNextScalingDestroysIt() throws Exception {
        Story story = Story.withFirstRelease(8);
        story.scale(EU_3);
        story.world.fail(Effect.DESTROY, 80);

        assertThat(story.scale(Map.of(0, 2)).outcome()).isEqualTo(Outcome.FAILED);

        assertThat(serving(story)).isEqualTo(2);
        assertThat(story.fleet(EU, R1)).hasSize(3);
        assertThat(story.scale(Map.of()).outcome()).isEqualTo(Outcome.SCALED);
        assertThat(story.fleet(EU, R1)).hasSize(2);
    }

    @Test
    void whatIsKilledInTheMiddleIsToldWithWhatFinishesAndWhatUndoesIt() throws Exception {
        Story story = Story.withFirstRelease(9);
        story.world.crashAfter(24);
        assertThatThrownBy(() -> story.scale(EU_3)).isInstanceOf(SimulatedCrash.class);
        story.world.revive();
        story.world.pass(Duration.ofMinutes(1));

        String told = new ReadStatus(story.world.workspace())
                .run()
                .unfinished()
                .orElseThrow()
                .sentence();

        assertThat(told)
                .startsWith("The scaling of r1 did not end")
                .contains("'meridian scale' finishes it")
                .contains("'meridian rollback' undoes it");
    }

    @Test
    void regionsOfTwoReleasesAreNotScaled() throws Exception {
        Story story = Story.withFirstRelease(10);
        story.world.publish(2);
        new Deploy(story.world.workspace())
                .run(new DeployRequest(Optional.empty(), Optional.empty(), Set.of(US), false), plan -> true);

        assertThatThrownBy(() -> story.scale(EU_3)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
            assertThat(failure.diagnostic().summary()).contains("eu r1", "us r2");
        });
        assertThat(configured(story)).isEqualTo(2);
    }

    @Test
    void nothingIsScaledBeforeTheFirstDeploy() {
        assertThatThrownBy(() -> new Story(11).scale(EU_3)).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.diagnostic().code())
                .isEqualTo("nothing-serves"));
    }

    @Test
    void aReleaseOfAnEarlierMeridianWhoseFingerprintHadTheNumbersIsStillTheSame() throws Exception {
        Story story = Story.withFirstRelease(12);
        story.world.state.releases.replaceAll(release ->
                new Release(release.id(), "an older one", release.createdAt(), release.label(), release.content()));

        assertThat(story.deploy(1).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void whatIsRememberedIsAScaling() throws Exception {
        Story story = Story.withFirstRelease(13);
        story.scale(EU_3);

        RolloutRecord last = story.world.state.rollouts.getLast();
        assertThat(last.kind()).isEqualTo(RolloutRecord.Kind.SCALE);
        assertThat(last.servers()).containsEntry(EU, 2);
        assertThat(last.outcome()).isEqualTo(RolloutRecord.Outcome.DONE);
    }

    private static long serving(Story story) {
        return story.world.pool(EU).origins.values().stream()
                .filter(SimulatedOrigin::serving)
                .count();
    }

    private static int configured(Story story) {
        return story.world.app.region(EU).servers();
    }

    private static Plan started(Story story, int since) {
        return story.world.events().stream()
                .skip(since)
                .filter(RolloutEvent.Started.class::isInstance)
                .map(event -> ((RolloutEvent.Started) event).plan())
                .findFirst()
                .orElseThrow();
    }
}
