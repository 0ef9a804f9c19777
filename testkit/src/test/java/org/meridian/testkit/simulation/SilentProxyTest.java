package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.testkit.simulation.SimulatedApps.US;
import static org.meridian.testkit.simulation.Story.R1;
import static org.meridian.testkit.simulation.Story.R2;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

/** A machine that does not answer when a rollout looks at the end whether users are where they were moved. */
class SilentProxyTest {
    @Test
    void aMachineThatIsSilentAfterItsUsersMovedDoesNotFailTheDeploy() throws Exception {
        Story story = Story.withProxies(71);
        story.world.onceDraining(() -> story.world.conditions.away(US, 1, Duration.ZERO, Duration.ofDays(1)));

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);

        assertThat(notes(story))
                .anySatisfy(note -> assertThat(note).startsWith("us: ").contains("'meridian deploy' looks again"));
        story.requireServing(R2, Optional.of(R1));
    }

    @Test
    void aRollbackDoesNotFailEither() throws Exception {
        Story story = Story.withProxies(72);
        story.deploy(2);
        story.world.onceDraining(() -> story.world.conditions.away(US, 1, Duration.ZERO, Duration.ofDays(1)));

        assertThat(story.rollBack().outcome()).isEqualTo(Outcome.ROLLED_BACK);

        story.requireServing(R1, Optional.of(R2));
    }

    @Test
    void aProxyThatBringsFormerServersBackAndCanNotBeToldIsLeftToTheNextDeployAndNoOtherMovesBack() throws Exception {
        Story story = Story.withProxies(73);
        int events = story.world.events().size();
        story.world.onceDraining(() -> {
            bringBack(story, "journal-us-r1-1");
            story.world.lose(Effect.APPLY, 10_000);
        });

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.FAILED);

        assertThat(story.world.servingReleases(US)).isEqualTo(Set.of(R1, R2));
        assertThat(story.world.serving(SimulatedApps.EU)).isEqualTo(R2);
        assertThat(story.world.events().stream().skip(events))
                .noneMatch(RolloutEvent.Reverting.class::isInstance)
                .anyMatch(event -> event instanceof RolloutEvent.Failed failed
                        && failed.region().equals(Optional.of(US)));

        story.world.conditions.calm();

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);
        story.requireServing(R2, Optional.of(R1));
    }

    private static void bringBack(Story story, String name) {
        ServerName server = new ServerName(name);
        SimulatedProxy proxy = story.world.proxies.all().stream()
                .filter(one -> one.pool.region.equals(US) && one.has(server))
                .findFirst()
                .orElseThrow();
        Map<ServerName, SimulatedProxy.State> before = proxy.live();
        before.replaceAll((one, state) ->
                new SimulatedProxy.State(state.address(), one.equals(server) ? Weight.FULL : Weight.NONE, false));
        proxy.take(before);
    }

    private static List<String> notes(Story story) {
        return story.world.events().stream()
                .filter(RolloutEvent.Note.class::isInstance)
                .map(event -> ((RolloutEvent.Note) event).text())
                .toList();
    }
}
