package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.ServerReached;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.event.RolloutEvent.Waiting;
import org.meridian.core.model.Act;
import org.meridian.core.model.App;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.ServerName;

/** Six servers in three regions, of which not all pull and start at once. */
class ParallelStartsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void asManyServersPullAndStartAtOnceAsTheConfigurationSays(int parallel) throws Exception {
        Story story = story(Optional.of(parallel));

        assertThat(story.deploy(1).outcome()).isEqualTo(Outcome.DEPLOYED);

        assertThat(mostAtOnce(story)).isEqualTo(parallel);
        assertThat(waits(story)).containsExactly("their turn: " + parallel + " of 6 servers are started at once");
    }

    @Test
    void asManyStartAtOnceAsTheProviderBearsWhereNothingIsConfigured() throws Exception {
        Story story = story(Optional.empty());
        story.world.startsAtOnce = OptionalInt.of(2);

        story.deploy(1);

        assertThat(mostAtOnce(story)).isEqualTo(2);
    }

    @Test
    void allStartAtOnceWhereEachHasItsOwnMachine() throws Exception {
        Story story = story(Optional.empty());

        story.deploy(1);

        assertThat(mostAtOnce(story)).isEqualTo(6);
        assertThat(waits(story)).isEmpty();
    }

    @Test
    void aServerThatNeverGetsHealthyKeepsNobodyWaitingForItsPlace() throws Exception {
        Story story = story(Optional.of(1));
        story.world.neverHealthy(Story.R1);

        assertThat(story.deploy(1).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    private static Story story(Optional<Integer> parallel) {
        App app = SimulatedApps.threeRegions(2);
        RolloutSettings usual = app.rollout();
        RolloutSettings rollout = new RolloutSettings(
                usual.waves(),
                usual.watch(),
                usual.drain(),
                usual.keepPrevious(),
                usual.canary(),
                usual.onFailure(),
                usual.approveWithin(),
                parallel);
        return new Story(
                new App(
                        app.name(),
                        app.compose(),
                        app.image(),
                        app.primary(),
                        app.regions(),
                        app.env(),
                        app.serve(),
                        app.beforeShift(),
                        rollout,
                        app.traffic(),
                        app.probe()),
                11);
    }

    private static List<String> waits(Story story) {
        return story.world.events().stream()
                .filter(Waiting.class::isInstance)
                .map(Waiting.class::cast)
                .filter(wait -> !wait.goesOn() && wait.what().contains("at once"))
                .map(Waiting::what)
                .toList();
    }

    /** From the intent to pull to healthy. */
    private static int mostAtOnce(Story story) {
        Set<ServerName> busy = new HashSet<>();
        int most = 0;
        for (RolloutEvent event : story.world.events()) {
            switch (event) {
                case RolloutEvent.Journalled(var at, JournalEntry entry)
                when entry.act().kind() == Act.Kind.PULL && entry.state() == JournalEntry.State.INTENDED ->
                    busy.add(entry.act().server().orElseThrow());
                case ServerReached reached when reached.stage() == Stage.HEALTHY -> busy.remove(reached.server());
                default -> {}
            }
            most = Math.max(most, busy.size());
        }
        return most;
    }
}
