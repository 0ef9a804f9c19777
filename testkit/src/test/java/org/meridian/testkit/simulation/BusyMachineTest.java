package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.testkit.simulation.Story.R1;
import static org.meridian.testkit.simulation.Story.R2;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meridian.core.model.Canary;
import org.meridian.core.model.OnFailure;
import org.meridian.core.model.Receipt.Outcome;

/** A slow answer, a lost connection or a call whose time ran out is no failure. */
class BusyMachineTest {
    private static final int RUNS = 500;
    private static final int ONE_IN = 20;

    @Test
    void noneOfAThousandRolloutsFailsForWantOfAnswers() {
        List<String> failed = new ArrayList<>();
        for (int seed = 1; seed <= RUNS; seed++) {
            Simulation.Result result = Simulation.run(script(seed));
            boolean well = result.tally().of("command Deploy deployed") >= 2
                    && result.tally().of("command RollBack rolled-back") == 1
                    && result.violation().isEmpty();
            if (!well) {
                failed.add(seed + ": " + result.tally().all() + result.violation());
            }
        }

        assertThat(failed).isEmpty();
    }

    /** A deploy in peace, one and a rollback on a machine that is busy. */
    private static Script script(int seed) {
        Shape shape = Shape.threeRegions(seed % 2 + 1);
        return new Script(
                seed,
                seed % 3 == 0 ? withCanary(shape, Canary.WhenTooFew.ROLL_BACK) : shape,
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        Step.then(new Command.Deploy(2, List.of(), false)),
                        Step.then(new Command.RollBack(Optional.empty()))),
                List.of(new Fault.Busy(1, ONE_IN)));
    }

    private static Shape withCanary(Shape shape, Canary.WhenTooFew whenTooFew) {
        Canary canary = new Canary(
                List.of(10, 50, 100),
                Duration.ofSeconds(6),
                Duration.ofSeconds(60),
                0.01,
                Optional.empty(),
                20,
                whenTooFew);
        return new Shape(
                shape.servers(),
                shape.together(),
                Optional.of(canary),
                OnFailure.ROLLBACK_ALL,
                shape.watch(),
                shape.drain(),
                shape.keepPrevious(),
                shape.beforeShift(),
                false);
    }

    @ParameterizedTest
    @EnumSource(
            value = Effect.class,
            names = {"CREATE", "PLACE", "PULL", "START", "RUN", "EDGE", "APPLY", "DRAIN", "SERVERS", "POOLS", "HEALTH"})
    void whateverGetsNoAnswerTwiceIsDoneInTheEnd(Effect effect) throws Exception {
        Story story = Story.withFirstRelease(effect.name().hashCode());
        story.world.lose(effect, 2);

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.DEPLOYED);

        story.requireServing(R2, Optional.of(R1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Effect.class,
            names = {"DESTROY", "APPLY", "DRAIN", "SERVERS", "POOLS"})
    void goingBackIsMorePatientThanGoingForward(Effect effect) throws Exception {
        Story story = Story.withFirstRelease(effect.name().hashCode());
        story.world.failsUnderTraffic(R2);
        story.world.onceReverting(() -> story.world.fail(effect, 20));

        assertThat(story.deploy(2).outcome()).isEqualTo(Outcome.ROLLED_BACK);

        story.requireServing(R1, Optional.empty());
    }

    @Test
    void aSourceOfMetricsThatDoesNotAnswerPromotesNoCanary() throws Exception {
        // It was taken for one that had counted nothing: "0 of 0 requests", too few, promoted.
        Simulation.Result result = Simulation.run(new Script(
                7,
                withCanary(Shape.threeRegions(1), Canary.WhenTooFew.PROMOTE),
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        Step.then(new Command.Deploy(2, List.of(), false))),
                List.of(new Fault.Calls(1, Effect.METRICS, 0, 1_000, Trouble.How.FAILS, Duration.ZERO))));

        assertThat(result.violation()).isEmpty();
        assertThat(result.tally().of("command Deploy rolled-back")).isEqualTo(1);
        assertThat(result.history().lines()).anyMatch(line -> line.contains("canary-not-counted"));
    }

    @Test
    void aSourceOfMetricsThatFailsForAMomentFailsNoCanary() throws Exception {
        Simulation.Result result = Simulation.run(new Script(
                7,
                withCanary(Shape.threeRegions(1), Canary.WhenTooFew.ROLL_BACK),
                List.of(
                        Step.then(new Command.Deploy(1, List.of(), false)),
                        Step.then(new Command.Deploy(2, List.of(), false))),
                List.of(new Fault.Calls(1, Effect.METRICS, 0, 6, Trouble.How.HANGS, Duration.ofSeconds(5)))));

        assertThat(result.violation()).isEmpty();
        assertThat(result.tally().of("command Deploy rolled-back")).isZero();
    }
}
