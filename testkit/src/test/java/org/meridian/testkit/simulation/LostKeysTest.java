package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.OnFailure;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;
import org.meridian.core.spi.HostDriver;

/** What one machine began goes on at another: with the team's key, and not with a key of its own. */
final class LostKeysTest {
    private static final int HALF_PREPARED = 30;
    private static final int LAST = 200;

    @ParameterizedTest
    @ValueSource(ints = {20, HALF_PREPARED, 90, 120})
    void whatADeployerBeganThatDiedIsFinishedByAnotherWithTheSharedKey(int instant) throws Exception {
        Story story = cutOffAt(instant);

        Receipt finished = story.deploy(2);

        assertThat(finished.outcome()).isEqualTo(Receipt.Outcome.DEPLOYED);
        assertThat(story.world.serving(SimulatedApps.EU)).isEqualTo(Story.R2);
    }

    @Test
    void whoHasAnotherKeyIsToldSoAndChangesNothingWhereverTheOtherDied() throws Exception {
        int refused = 0;
        for (int instant = 1; instant < LAST; instant++) {
            Story story = cutOffAt(instant);
            int effects = story.world.effects();
            boolean begun = placed(story);
            try {
                Receipt ignored = new Deploy(story.world.workspace(stranger(story))).run(Story.ALL, plan -> true);
                assertThat(begun)
                        .as("something was placed, instant %s", instant)
                        .isFalse();
            } catch (Failure e) {
                refused++;
                assertThat(e.kind()).isEqualTo(Failure.Kind.USAGE);
                assertThat(e.diagnostics()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.code()).isEqualTo(HostDriver.REFUSED_LOGIN);
                    assertThat(problem.suggestion()).contains("Nothing was changed", "ssh.deploy_key");
                });
                assertThat(story.world.effects()).isEqualTo(effects);
                assertThat(story.world.state.rollouts.getLast().outcome()).isEqualTo(Outcome.RUNNING);
                assertThat(story.deploy(2).outcome())
                        .as("the other goes on as if nothing had been")
                        .isEqualTo(Receipt.Outcome.DEPLOYED);
            }
        }
        assertThat(refused).isGreaterThan(20);
    }

    @Test
    void whoHasAnotherKeyMayUndoWhatNeedsNoLogin() throws Exception {
        Story story = cutOffAt(HALF_PREPARED);

        Receipt back = new RollBack(story.world.workspace(stranger(story)))
                .run(RollBackRequest.to(Optional.empty()), plan -> true);

        assertThat(back.outcome()).isEqualTo(Receipt.Outcome.ROLLED_BACK);
        assertThat(story.world.serving(SimulatedApps.EU)).isEqualTo(Story.R1);
    }

    @Test
    void workersThatCanNotBeToldToEndKeepTheirReleaseServing() throws Exception {
        Story story = new Story(
                new Shape(
                                List.of(1, 1),
                                false,
                                Optional.empty(),
                                OnFailure.ROLLBACK_ALL,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(15),
                                false,
                                false)
                        .working()
                        .app(),
                3);
        story.deploy(1);
        Deployer stranger = stranger(story);
        int effects = story.world.effects();
        story.world.publish(2);

        assertThatThrownBy(() -> new Deploy(story.world.workspace(stranger)).run(Story.ALL, plan -> true))
                .hasMessageContaining("refuses the login");

        assertThat(story.world.effects()).isEqualTo(effects);
    }

    /** r1 serves, and whoever deployed r2 died. */
    private static Story cutOffAt(int instant) throws Exception {
        Story story = Story.withFirstRelease(instant);
        story.world.publish(2);
        story.world.crashAfter(instant);
        assertThatThrownBy(() -> story.deploy(2)).isInstanceOf(SimulatedCrash.class);
        story.world.revive();
        return story;
    }

    private static boolean placed(Story story) {
        return story.world.servers.values().stream()
                .anyMatch(server -> server.spec.release().equals(Story.R2) && server.placed);
    }

    private static Deployer stranger(Story story) {
        Deployer stranger = story.world.deployer("stranger");
        story.world.losesKeys(stranger);
        return stranger;
    }
}
