package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes scripts of apps with a service that keeps data out of scripts of apps without. */
final class KeepingScripts {
    private static final List<Effect> EFFECTS = List.of(Effect.KEEP, Effect.ACCESSORY, Effect.START);

    private final SplittableRandom random;

    KeepingScripts(SplittableRandom random) {
        this.random = random;
    }

    /** The same, with such a service, and now and then a person who works on it and calls for it that go wrong. */
    Script keeping(Script script) {
        List<Step> steps = new ArrayList<>(script.steps());
        List<Fault> faults = new ArrayList<>(script.faults());
        if (random.nextInt(3) == 0) {
            steps.add(new Step(work(), beside()));
            steps.add(new Step(new Command.Deploy(1 + random.nextInt(4), List.of(), true), beside()));
        }
        if (random.nextInt(3) == 0) {
            faults.add(trouble(random.nextInt(steps.size())));
        }
        return new Script(script.seed(), script.shape().keeping(), steps, faults);
    }

    private Command work() {
        Command.Accessory.What[] all = Command.Accessory.What.values();
        return new Command.Accessory(Shape.DATABASE, all[random.nextInt(all.length)]);
    }

    private Optional<Duration> beside() {
        return random.nextInt(3) == 0 ? Optional.of(Duration.ofSeconds(random.nextInt(40))) : Optional.empty();
    }

    private Fault trouble(int step) {
        Trouble.How[] hows = Trouble.How.values();
        return new Fault.Calls(
                step,
                EFFECTS.get(random.nextInt(EFFECTS.size())),
                random.nextInt(3),
                1 + random.nextInt(3),
                hows[random.nextInt(hows.length)],
                Duration.ofSeconds(1 + random.nextInt(40)));
    }
}
