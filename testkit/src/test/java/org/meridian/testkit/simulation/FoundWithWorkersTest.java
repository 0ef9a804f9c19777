package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Answer;
import org.meridian.core.model.OnFailure;

/** The shortest histories of bugs that the simulation found in apps with workers, with the seeds that found them. */
class FoundWithWorkersTest {
    @Test
    void whatWasSickBeforeItsWorkersCouldBeToldToEndKeepsTheUsersItHasAgain() {
        // Seed 9015460: a repair was aborted while its region was cut off, and acted on what it had seen before.
        requireWell(
                9_015_460,
                shape(List.of(1), Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofMinutes(15)),
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        Step.then(new Command.Deploy(3, List.of(), false)),
                        new Step(new Command.Deploy(3, List.of(), false), Optional.of(Duration.ofSeconds(31))),
                        new Step(new Command.Say(Answer.Verdict.ABORT), Optional.of(Duration.ofSeconds(9)))),
                new Fault.Cut(1, 0, Duration.ofMillis(27_626), Duration.ofSeconds(38)));
    }

    @Test
    void aServerThatDiedAfterThePlanWasMadeAndWasMadeAgainInVainGoesWithTheRest() {
        // Seed 9030737: it never booted, had no workers that could be told to end, and stayed.
        requireWell(
                9_030_737,
                shape(List.of(1, 1), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMinutes(1)),
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        Step.then(new Command.Edit(Map.of(1, 2))),
                        Step.then(new Command.Deploy(1, List.of(), true)),
                        new Step(new Command.RollBack(Optional.of(1)), Optional.of(Duration.ofSeconds(1)))),
                new Fault.Hang(0, 84, Duration.ofSeconds(85)),
                new Fault.LateDeath(1, 15, Duration.ofMillis(8_799)),
                new Fault.Hang(2, 6, Duration.ofSeconds(18)),
                new Fault.SlowBoot(3, 1, Duration.ofSeconds(10_000)));
    }

    @Test
    void aServerThatNeverBootsAgainAndCannotBeToldToEndItsWorkGoesWithTheRepairThatFailed() {
        // Seeds 30037330, 20095428: its jobs could not be ended, so it kept its traffic, and no later command got rid
        // of it.
        Shape oneByOne = new Shape(
                List.of(1, 3, 1, 2),
                false,
                Optional.empty(),
                OnFailure.ROLLBACK_ALL,
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                false,
                false);
        requireWell(
                30_037_330,
                oneByOne.working(),
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        Step.then(new Command.Rest(Duration.ofSeconds(51))),
                        Step.then(new Command.Rest(Duration.ofSeconds(37))),
                        Step.then(new Command.Deploy(4, List.of(), true))),
                new Fault.SlowBoot(1, 7, Duration.ofSeconds(10_000)),
                new Fault.LateDeath(2, 0, Duration.ofMillis(30_554)));
    }

    private static Shape shape(List<Integer> servers, Duration watch, Duration drain, Duration keepPrevious) {
        return new Shape(
                        servers,
                        true,
                        Optional.empty(),
                        OnFailure.ROLLBACK_ALL,
                        watch,
                        drain,
                        keepPrevious,
                        false,
                        false)
                .working();
    }

    private static void requireWell(long seed, Shape shape, List<Step> steps, Fault... faults) {
        Simulation.Result result = Simulation.run(new Script(seed, shape, steps, List.of(faults)));
        assertThat(result.violation())
                .as(() -> String.join("\n", result.history().lines()))
                .isEmpty();
    }
}
