package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.testkit.simulation.SimulatedApps.AP;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;
import static org.meridian.testkit.simulation.Story.ALL;
import static org.meridian.testkit.simulation.Story.R1;
import static org.meridian.testkit.simulation.Story.R2;
import static org.meridian.testkit.simulation.Story.R3;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.operation.Retire;
import org.meridian.core.operation.StatusReport;

class RolloutTest {
    @Test
    void aDeadRegionDoesNotKeepTheOthersFromGoingBack() throws Exception {
        Story story = Story.withFirstRelease(61);
        story.deploy(2);
        story.world.cut(US, Duration.ZERO);
        story.world.pass(Duration.ofSeconds(5));
        int events = story.world.events().size();

        Receipt receipt = story.rollBack();

        assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(story.world.serving(EU)).isEqualTo(R1);
        assertThat(story.world.serving(AP)).isEqualTo(R1);
        assertThat(story.world.serving(US)).isEqualTo(R2);
        assertThat(toR1After(story, events)).isLessThan(Duration.ofSeconds(2));
        assertThat(story.world.events().stream().skip(events)).anySatisfy(event -> assertThat(event)
                .isInstanceOfSatisfying(RolloutEvent.Failed.class, failed -> assertThat(failed.region())
                        .contains(US)));

        story.world.restore(US);
        story.world.pass(Duration.ofSeconds(5));
        assertThat(story.rollBack().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        story.requireServing(R1, Optional.of(R2));
    }

    /** How long the primary's users waited for the release before. */
    private static Duration toR1After(Story story, int events) {
        List<RolloutEvent> seen = story.world.events().stream().skip(events).toList();
        Instant shifted = seen.stream()
                .filter(event -> event instanceof RolloutEvent.Shifted to
                        && to.region().equals(EU)
                        && to.to().equals(R1))
                .findFirst()
                .orElseThrow()
                .at();
        return Duration.between(seen.getFirst().at(), shifted);
    }

    @Test
    void aDeployAfterARollbackThatLeftARegionOutGoesOnFromWhatEachHas() throws Exception {
        Story story = Story.withFirstRelease(62);
        story.deploy(2);
        story.world.cut(US, Duration.ZERO);
        story.world.pass(Duration.ofSeconds(5));
        story.rollBack();
        story.world.restore(US);
        story.world.pass(Duration.ofSeconds(5));
        int events = story.world.events().size();

        assertThat(story.deploy(3).outcome()).isEqualTo(Outcome.DEPLOYED);

        assertThat(story.world.events().stream().skip(events))
                .as("users that are back on r1 are not moved to r2 again")
                .noneMatch(event ->
                        event instanceof RolloutEvent.Shifted to && to.to().equals(R2));
        assertThat(story.world.serving(US)).isEqualTo(R3);
    }

    private static final ServerName NEW_US_SERVER = new ServerName("journal-us-r2-1");

    @Test
    void theFirstReleaseServesEverywhere() throws Exception {
        Story story = new Story(1);

        Receipt receipt = story.deploy(1);

        assertThat(receipt.outcome()).isEqualTo(Outcome.DEPLOYED);
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void theSecondReleaseReplacesTheFirstPrimaryLastAndNoProbeFails() throws Exception {
        Story story = Story.withFirstRelease(2);

        Receipt receipt = story.deploy(2);

        assertThat(receipt.outcome()).isEqualTo(Outcome.DEPLOYED);
        assertThat(receipt.previous()).contains(R1);
        assertThat(receipt.regions().getLast().name()).isEqualTo(EU);
        assertThat(receipt.probe().sent()).isPositive();
        assertThat(receipt.probe().failed()).isZero();
        story.requireServing(R2, Optional.of(R1));
    }

    @Test
    void nothingToChangeSaysSoAndDoesNothing() throws Exception {
        Story story = Story.withFirstRelease(3);
        story.deploy(2);
        int before = story.world.effects();

        Receipt receipt = story.deploy(2);

        assertThat(receipt.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(story.world.effects()).isEqualTo(before);
        story.requireServing(R2, Optional.of(R1));
    }

    @Test
    void rollingBackOnlyMovesTraffic() throws Exception {
        Story story = Story.withFirstRelease(4);
        story.deploy(2);
        Set<ServerName> servers = story.world.serverNames();

        Receipt receipt = story.rollBack();

        assertThat(receipt.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(receipt.release()).isEqualTo(R1);
        assertThat(receipt.probe().failed()).isZero();
        assertThat(story.world.serverNames()).isEqualTo(servers);
        story.requireServing(R1, Optional.of(R2));
    }

    @Test
    void rollingBackToAReleaseWhoseServersAreGoneMakesThemAnew() throws Exception {
        Story story = Story.withFirstRelease(5);
        story.deploy(2);
        story.deploy(3);

        Receipt receipt = story.rollBackTo(R1);

        assertThat(receipt.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        story.requireServing(R1, Optional.of(R3));
    }

    @Test
    void rollingBackTheFirstReleaseSaysThatThereIsNothingBefore() throws Exception {
        Story story = Story.withFirstRelease(6);

        assertThatThrownBy(story::rollBack)
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.USAGE));
    }

    @Test
    void aReleaseThatNeverBecomesHealthyGoesAndChangesNothing() throws Exception {
        Story story = Story.withFirstRelease(7);
        Set<ServerName> before = story.world.serverNames();
        story.world.neverHealthy(R2);
        int seen = story.world.events().size();

        Receipt receipt = story.deploy(2);

        assertThat(receipt.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(receipt.probe().failed()).isZero();
        assertThat(story.world.serverNames()).isEqualTo(before);
        assertThat(story.shiftsSince(seen)).isZero();
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aFirstReleaseThatNeverBecomesHealthyLeavesNothing() throws Exception {
        Story story = new Story(8);
        story.world.neverHealthy(R1);

        assertThat(story.deploy(1).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(story.world.serverNames()).isEmpty();
    }

    @Test
    void aFirstReleaseThatWasPutBackSaysWhatStays() throws Exception {
        Story story = new Story(8);
        story.world.neverHealthy(R1);

        story.deploy(1);

        assertThat(staying(story))
                .containsExactly("What stays for the next deploy: the edge. 'meridian destroy' removes it.");
    }

    @Test
    void aLaterReleaseThatWasPutBackSaysNothingOfWhatOthersStandOn() throws Exception {
        Story story = Story.withFirstRelease(7);
        story.world.neverHealthy(R2);

        story.deploy(2);

        assertThat(staying(story)).isEmpty();
    }

    private static List<String> staying(Story story) {
        return story.world.events().stream()
                .filter(event -> event instanceof RolloutEvent.Note)
                .map(event -> ((RolloutEvent.Note) event).text())
                .filter(text -> text.startsWith("What stays"))
                .toList();
    }

    @Test
    void aReleaseThatFailsUnderTrafficIsPutBackEverywhere() throws Exception {
        Story story = Story.withFirstRelease(9);
        story.world.failsUnderTraffic(R2);

        Receipt receipt = story.deploy(2);

        assertThat(receipt.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aServerThatDiesDuringPrepareEndsTheRollout() throws Exception {
        Story story = Story.withFirstRelease(10);
        story.world.dies(NEW_US_SERVER, Duration.ofSeconds(6));

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aServerThatDiesWhileItsRegionIsWatchedPutsTheRegionsBack() throws Exception {
        Story story = Story.withFirstRelease(11);
        story.world.dies(NEW_US_SERVER, Duration.ofSeconds(16));
        int seen = story.world.events().size();

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(story.shiftsSince(seen)).isPositive();
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aRegionThatIsCutOffDuringTheShiftPutsEverythingBack() throws Exception {
        Story story = Story.withFirstRelease(12);
        story.world.cut(US, Duration.ofSeconds(16));
        int seen = story.world.events().size();

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(story.shiftsSince(seen)).isPositive();
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aRegionThatIsCutOffDuringPrepareEndsTheRollout() throws Exception {
        Story story = Story.withFirstRelease(13);
        story.world.cut(US, Duration.ofSeconds(5));

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aPullThatFailsOnceEndsTheRolloutAndTheNextDeploySucceeds() throws Exception {
        Story story = Story.withFirstRelease(14);
        story.world.fail(Effect.PULL, 1);

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        story.requireServing(R1, Optional.empty());
        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);
    }

    @Test
    void anEdgeThatDoesNotAnswerForAMomentIsAskedAgain() throws Exception {
        Story story = Story.withFirstRelease(15);
        story.world.lose(Effect.APPLY, 3);
        story.world.lose(Effect.DRAIN, 2);

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);
        story.requireServing(R2, Optional.of(R1));
    }

    @Test
    void aCommandBeforeTheShiftThatFailsKeepsTrafficWhereItIs() throws Exception {
        Story story = Story.withFirstRelease(16);
        story.world.fail(Effect.RUN, 1);
        int seen = story.world.events().size();

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(story.shiftsSince(seen)).isZero();
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aDeadServerOfTheServingReleaseIsReplacedByTheNextDeploy() throws Exception {
        Story story = Story.withFirstRelease(17);
        story.world.kill(new ServerName("journal-us-r1-2"));

        assertThat(story.deploy(1).outcome()).isEqualTo(Outcome.DEPLOYED);
        story.world.pass(Duration.ofSeconds(5));
        StatusReport status = new ReadStatus(story.world.workspace()).run();
        assertThat(status.regions()).allMatch(region -> region.healthy() == region.wanted());
    }

    @Test
    void thePreviousFleetIsKeptForItsTimeAndThenRetired() throws Exception {
        Story story = Story.withFirstRelease(18);
        story.deploy(2);

        assertThat(new Retire(story.world.workspace()).run()).isEmpty();
        story.requireServing(R2, Optional.of(R1));
        story.world.pass(Duration.ofMinutes(16));
        assertThat(new Retire(story.world.workspace()).run()).hasSize(3);
        story.requireServing(R2, Optional.empty());
    }

    @Test
    void onlySomeRegionsCanBeDeployedToAndTheRestLater() throws Exception {
        Story story = Story.withFirstRelease(19);
        story.world.publish(2);
        DeployRequest us = new DeployRequest(Optional.empty(), Optional.empty(), Set.of(US), true);

        assertThat(new Deploy(story.world.workspace()).run(us, plan -> true).outcome())
                .isEqualTo(Outcome.DEPLOYED);
        assertThat(story.world.serving(US)).isEqualTo(R2);
        assertThat(story.world.serving(EU)).isEqualTo(R1);
        assertThat(new Deploy(story.world.workspace()).run(ALL, plan -> true).outcome())
                .isEqualTo(Outcome.DEPLOYED);
        story.requireServing(R2, Optional.of(R1));
    }

    @Test
    void thePrimaryAloneIsRefused() throws Exception {
        Story story = Story.withFirstRelease(20);
        story.world.publish(2);
        DeployRequest eu = new DeployRequest(Optional.empty(), Optional.empty(), Set.of(EU), true);

        assertThatThrownBy(() -> new Deploy(story.world.workspace()).run(eu, plan -> true))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("primary");
    }

    @Test
    void twoDeployersCanNotActAtOnce() throws Exception {
        Story story = Story.withFirstRelease(21);
        story.world.publish(2);

        assertThatThrownBy(() -> new Deploy(story.world.workspace()).run(ALL, plan -> {
                    assertThatThrownBy(() -> story.deploy(3))
                            .isInstanceOfSatisfying(
                                    Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.LOCKED));
                    throw new IllegalStateException("seen");
                }))
                .hasMessage("seen");
    }
}
