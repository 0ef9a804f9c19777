package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meridian.testkit.simulation.SimulatedApps.AP;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;
import static org.meridian.testkit.simulation.Story.R1;
import static org.meridian.testkit.simulation.Story.R2;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.operation.Retire;

/** A machine that nobody can look at: its region stays as it is, and everything else goes on. */
class OutOfReachTest {
    private static final DeployRequest ONLY_US =
            new DeployRequest(Optional.empty(), Optional.empty(), Set.of(US), true);

    @Test
    void aDeployStopsBeforeAnythingIsMadeAndNamesEveryMachineWithItsRegion() throws Exception {
        Story story = Story.withFirstRelease(71);
        story.world.hide(AP, 2);
        story.world.hide(EU, 1);
        int before = story.world.effects();

        assertThatThrownBy(() -> story.deploy(2)).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.diagnostics())
                .extracting(problem -> problem.summary())
                .containsExactlyInAnyOrder("ap: no SSH connection to machine 2", "eu: no SSH connection to machine 1"));

        assertThat(story.world.effects()).isEqualTo(before);
        story.world.restore(AP);
        story.world.restore(EU);
        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);
        story.requireServing(R2, Optional.of(R1));
    }

    @Test
    void aDeployToAnotherRegionGoesOn() throws Exception {
        Story story = Story.withFirstRelease(72);
        story.world.hide(AP, 2);
        story.world.publish(2);

        assertThat(new Deploy(story.world.workspace())
                        .run(ONLY_US, plan -> true)
                        .outcome())
                .isEqualTo(Outcome.DEPLOYED);

        assertThat(story.world.serving(US)).isEqualTo(R2);
        assertThat(story.world.serving(AP)).isEqualTo(R1);
    }

    @Test
    void statusAndPlanTellWhatIsThereAndWhatIsNotKnown() throws Exception {
        Story story = Story.withFirstRelease(73);
        story.world.hide(AP, 2);

        assertThat(new ReadStatus(story.world.workspace()).run().regions()).hasSize(3);
        assertThat(new Deploy(story.world.workspace()).plan(Story.ALL).regions())
                .hasSize(3);

        assertThat(story.world.events())
                .filteredOn(RolloutEvent.Note.class::isInstance)
                .extracting(event -> ((RolloutEvent.Note) event).text())
                .anyMatch(text -> text.startsWith("ap: no SSH connection to machine 2; what runs there is not known"));
    }

    @Test
    void aRollbackMovesEveryOtherRegionAndLosesNothingOfThatOne() throws Exception {
        Story story = Story.withFirstRelease(74);
        story.deploy(2);
        Set<ServerName> servers = story.world.serverNames();
        story.world.hide(AP, 2);

        assertThat(story.rollBack().outcome()).isEqualTo(Outcome.FAILED);

        assertThat(story.world.serving(EU)).isEqualTo(R1);
        assertThat(story.world.serving(US)).isEqualTo(R1);
        assertThat(story.world.serving(AP)).isEqualTo(R2);
        assertThat(story.world.serverNames()).isEqualTo(servers);
        story.world.restore(AP);
        assertThat(story.rollBack().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        story.requireServing(R1, Optional.of(R2));
    }

    @Test
    void whatIsKeptThereIsNotRetired() throws Exception {
        Story story = Story.withFirstRelease(75);
        story.deploy(2);
        story.world.hide(AP, 2);
        story.world.pass(Duration.ofHours(1));

        new Retire(story.world.workspace()).run();

        assertThat(story.world.serverNames())
                .contains(ServerName.of(story.world.app.name(), AP, R1, 1))
                .doesNotContain(ServerName.of(story.world.app.name(), US, R1, 1));
        story.world.restore(AP);
        new Retire(story.world.workspace()).run();
        story.requireServing(R2, Optional.empty());
    }

    @Test
    void anInterruptedRolloutIsUndoneOnlyOnceEverythingCanBeSeen() throws Exception {
        Story story = Story.withFirstRelease(76);
        story.world.publish(2);
        story.world.crashAfter(60);
        assertThatThrownBy(() -> story.deploy(2)).isInstanceOf(SimulatedCrash.class);
        story.world.revive();
        story.world.pass(Duration.ofMinutes(1));
        story.world.hide(US, 1);

        assertThatThrownBy(story::rollBack).hasMessage("us: no SSH connection to machine 1");

        story.world.restore(US);
        story.rollBack();
        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aCommandThatHasNotBegunWaitsHalfAMinuteForAMachineAndSaysSoAtOnce() throws Exception {
        Story story = Story.withFirstRelease(77);
        story.world.hide(AP, 2);
        Duration before = Duration.ofNanos(story.world.scheduler.nanos());

        assertThatThrownBy(() -> story.deploy(2)).hasMessage("ap: no SSH connection to machine 2");

        assertThat(Duration.ofNanos(story.world.scheduler.nanos()).minus(before))
                .isLessThan(Duration.ofSeconds(50));
        assertSaysWhatItWaitsFor(story);
    }

    @Test
    void aRollbackLeavesARegionThatIsOutOfReachAfterHalfAMinuteAndNotAfterFive() throws Exception {
        Story story = Story.withFirstRelease(78);
        story.deploy(2);
        story.world.hide(AP, 2);
        Duration before = Duration.ofNanos(story.world.scheduler.nanos());

        assertThat(story.rollBack().outcome()).isEqualTo(Outcome.FAILED);

        assertThat(Duration.ofNanos(story.world.scheduler.nanos()).minus(before))
                .isLessThan(Duration.ofSeconds(90));
        assertSaysWhatItWaitsFor(story);
    }

    private static void assertSaysWhatItWaitsFor(Story story) {
        assertThat(story.world.events())
                .filteredOn(event -> event instanceof RolloutEvent.Waiting waiting
                        && waiting.what().equals("every machine to be within reach"))
                .extracting(event -> ((RolloutEvent.Waiting) event).seen())
                .hasSizeGreaterThan(1)
                .allMatch(seen -> seen.endsWith("no SSH connection to machine 2"));
    }
}
