package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.operation.Adopt;
import org.meridian.core.operation.Destroy;
import org.meridian.core.operation.Journals;
import org.meridian.core.operation.Locks;
import org.meridian.core.operation.Orphans;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.operation.Workspace;
import org.meridian.core.spi.Accessories;
import org.meridian.testkit.simulation.Trouble.How;

/** Each call of a command to the store in turn gets no answer twice, whether it happened or not: no command fails for that. */
class LostAnswersTest {
    private static final int CALLS = 12;

    static Stream<Arguments> calls() {
        return Stream.of(Effect.READ, Effect.WRITE).flatMap(effect -> Stream.of(How.LOST, How.HAPPENS_AND_LOST)
                .flatMap(how -> IntStream.range(0, CALLS).mapToObj(before -> Arguments.of(effect, how, before))));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aLockIsTakenAndGivenBackAndItIsSaidWhoseItWas(Effect effect, How how, int before) throws Exception {
        Workspace workspace = losing(new Story(11), effect, how, before);
        Locks locks = new Locks(workspace);

        assertThat(locks.acquire("maintenance").message()).isEqualTo("maintenance");
        assertThat(locks.release())
                .hasValueSatisfying(holder -> assertThat(holder.message()).isEqualTo("maintenance"));
        assertThat(locks.status()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whatIsThereIsRead(Effect effect, How how, int before) throws Exception {
        Workspace workspace = losing(Story.withFirstRelease(12), effect, how, before);

        assertThat(new ReadStatus(workspace).run().release()).contains(Story.R1);
        assertThat(new Journals(workspace).read(Optional.empty()).lines()).isNotEmpty();
        assertThat(Orphans.find(workspace)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void serversOfALostStateAreAdopted(Effect effect, How how, int before) throws Exception {
        Story story = Story.withFirstRelease(13);
        UUID lost = story.world.state.identity().orElseThrow().mark().store();
        Workspace other = story.world.elsewhere();
        strike(story, effect, how, before);

        new Adopt(other).run(lost);

        assertThat(other.state().identity())
                .hasValueSatisfying(identity -> assertThat(identity.adopted()).contains(lost));
        assertThat(other.state().holder()).as("the lock is given back").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everythingIsDestroyedAndForgotten(Effect effect, How how, int before) throws Exception {
        Story story = Story.withFirstRelease(14);
        Workspace workspace = losing(story, effect, how, before);

        var unused = new Destroy(workspace).run(Accessories.NONE, Set.of());

        assertThat(story.world.serverNames()).isEmpty();
        assertThat(story.world.state.releases).isEmpty();
        assertThat(workspace.state().holder()).as("the lock is given back").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aDeployAndTheRollbackAfterItAreDone(Effect effect, How how, int before) throws Exception {
        Story story = Story.withFirstRelease(15);
        strike(story, effect, how, before);
        assertThat(story.deploy(2).outcome().name()).isEqualTo("DEPLOYED");
        strike(story, effect, how, before);
        assertThat(story.rollBack().outcome().name()).isEqualTo("ROLLED_BACK");

        story.requireServing(Story.R1, Optional.of(Story.R2));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whatIsWaitedForIsSaid(Effect effect, How how, int before) throws Exception {
        Story story = Story.withFirstRelease(16);
        Workspace workspace = losing(story, effect, how, before % 2);

        var unused = workspace.state().rollouts();
        var unusedRollouts = workspace.state().rollouts();
        workspace.state().forgetHostKey("somewhere");
        workspace.state().forgetHostKey("elsewhere");

        assertThat(story.world.events())
                .anyMatch(event -> event instanceof RolloutEvent.Waiting waiting
                        && waiting.what().equals("the state store"));
    }

    private static Workspace losing(Story story, Effect effect, How how, int before) {
        Workspace workspace = story.world.workspace();
        strike(story, effect, how, before);
        return workspace;
    }

    private static void strike(Story story, Effect effect, How how, int before) {
        story.world.conditions.trouble(effect, before, 2, how, Duration.ZERO);
    }
}
