package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.meridian.core.model.Answer;
import org.meridian.core.model.Canary;
import org.meridian.core.model.OnFailure;

/** Scripts around one danger each, which the scripts of seeds meet too seldom to prove a guard against it. */
final class Drills {
    private static final int INSTANTS = 140;

    private final SplittableRandom random;
    private final long seed;

    private Drills(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** The drill of a seed. */
    static Script from(long seed) {
        Drills drills = new Drills(seed);
        return switch (drills.random.nextInt(5)) {
            case 0 -> drills.busyMachine();
            case 1 -> drills.standstill();
            case 2 -> drills.lostLock();
            case 3 -> drills.abandonedScaling();
            default -> drills.blindCanary();
        };
    }

    /** Calls are slow or lost, and nothing else: nothing may fail. */
    private Script busyMachine() {
        return script(
                Shape.threeRegions(1),
                List.of(deploy(1), deploy(2), Step.then(new Command.RollBack(Optional.empty()))),
                new Fault.Busy(1, 20));
    }

    /** The deployer stands still between a decision and its act, while a server that it decided about dies. */
    private Script standstill() {
        return script(
                shape(1, 1),
                List.of(deploy(1), deploy(2)),
                new Fault.Hang(1, instant(), seconds(20)),
                new Fault.Death(1, 0, seconds(18)));
    }

    /** The deployer stands still for longer than its lock lasts, and another one goes to work. */
    private Script lostLock() {
        return script(
                shape(1, 1),
                List.of(
                        deploy(1),
                        deploy(2),
                        new Step(deploy(3).command(), Optional.of(seconds(40 + random.nextInt(30))))),
                new Fault.Hang(1, instant(), seconds(50 + random.nextInt(60))));
    }

    /** A scaling is given up in its midst, and undone. */
    private Script abandonedScaling() {
        Command numbers = new Command.Scale(Map.of(0, 1 + random.nextInt(4), 1, 1 + random.nextInt(4)));
        Step end = random.nextBoolean()
                ? new Step(new Command.Say(Answer.Verdict.ABORT), Optional.of(seconds(1 + random.nextInt(40))))
                : Step.then(new Command.RollBack(Optional.empty()));
        Fault fault = random.nextBoolean()
                ? new Fault.Kill(1, instant())
                : new Fault.LateDeath(1, random.nextInt(8), seconds(random.nextInt(40)));
        return script(shape(2, 2), List.of(deploy(1), Step.then(numbers), end), fault);
    }

    /** What counts a canary's answers fails. */
    private Script blindCanary() {
        Canary canary = new Canary(
                List.of(10, 50, 100),
                seconds(6),
                seconds(12),
                0.01,
                Optional.empty(),
                20,
                random.nextBoolean() ? Canary.WhenTooFew.PROMOTE : Canary.WhenTooFew.ROLL_BACK);
        Shape shape = new Shape(
                List.of(1, 1),
                true,
                Optional.of(canary),
                OnFailure.ROLLBACK_ALL,
                seconds(3),
                seconds(3),
                Duration.ofMinutes(15),
                false,
                false);
        return script(
                shape,
                List.of(deploy(1), deploy(2)),
                new Fault.Calls(1, Effect.METRICS, random.nextInt(30), 1_000, Trouble.How.FAILS, Duration.ZERO));
    }

    private Script script(Shape shape, List<Step> steps, Fault... faults) {
        return new Script(seed, shape, steps, List.of(faults));
    }

    private int instant() {
        return 1 + random.nextInt(INSTANTS);
    }

    private static Shape shape(Integer... servers) {
        return Shape.threeRegions(1).withServers(List.of(servers));
    }

    private static Step deploy(int version) {
        return Step.then(new Command.Deploy(version, List.of(), false));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
