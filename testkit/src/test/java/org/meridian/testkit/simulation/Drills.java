package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Scripts around one danger each, which the scripts of seeds meet too seldom to prove a guard against it. */
final class Drills {
    private static final List<Step> DEPLOYS = List.of(deploy(1), deploy(2));

    private Drills() {}

    /** The drill of a seed. */
    static Script from(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.nextBoolean() ? busyMachine(seed) : standstill(seed, random);
    }

    /** Calls are slow or lost, and nothing else: nothing may fail. */
    private static Script busyMachine(long seed) {
        return new Script(
                seed,
                Shape.threeRegions(1),
                List.of(deploy(1), deploy(2), Step.then(new Command.RollBack(Optional.empty()))),
                List.of(new Fault.Busy(1, 20)));
    }

    /** The deployer stands still between a decision and its act, while a server that it decided about dies. */
    private static Script standstill(long seed, SplittableRandom random) {
        return new Script(
                seed,
                Shape.threeRegions(1).withServers(List.of(1, 1)),
                DEPLOYS,
                List.of(
                        new Fault.Hang(1, 1 + random.nextInt(120), Duration.ofSeconds(20)),
                        new Fault.Death(1, 0, Duration.ofSeconds(18))));
    }

    private static Step deploy(int version) {
        return Step.then(new Command.Deploy(version, List.of(), false));
    }
}
