package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.meridian.core.model.Answer;
import org.meridian.core.model.Canary;
import org.meridian.core.model.OnFailure;

/** Makes scripts from seeds: the same seed makes the same one. */
public final class Scripts {
    /** Those of the store, and of services that keep data, have faults of their own. */
    private static final List<Effect> EFFECTS = List.copyOf(EnumSet.range(Effect.CREATE, Effect.METRICS));

    /** Draws who has which key apart from the rest. */
    private static final long KEYS = 0x6b657973L;

    private final SplittableRandom random;
    private final long seed;

    private Scripts(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** The script of a seed; of a third of the seeds, that of an app with a proxy on each machine. */
    public static Script from(long seed) {
        return new ProxyScripts(seed).mayBe(atEdge(seed));
    }

    /** The script of a seed, of an app with an edge. */
    public static Script atEdge(long seed) {
        return new Scripts(seed).script();
    }

    private Script script() {
        // Drawn apart from the rest, which stays what it was.
        SplittableRandom apart = new SplittableRandom(~seed);
        boolean works = apart.nextBoolean();
        Shape shape = works ? shape().working() : shape();
        List<Step> steps = steps(shape);
        Script script = new Script(seed, shape, steps, faults(shape, steps));
        return apart.nextInt(4) == 0 ? new KeepingScripts(apart).keeping(script) : withLostKeys(script);
    }

    /** Now and then somebody with a key of their own goes on after another was killed, or beside the others. */
    private Script withLostKeys(Script script) {
        SplittableRandom keys = new SplittableRandom(seed ^ KEYS);
        if (keys.nextInt(8) > 0) {
            return script;
        }
        List<Fault> faults = new ArrayList<>(script.faults());
        int step = keys.nextInt(script.steps().size());
        faults.add(new Fault.OwnKey(step));
        if (step > 0 && keys.nextBoolean()) {
            faults.add(new Fault.Kill(step - 1, 1 + keys.nextInt(120)));
        }
        return new Script(seed, script.shape(), script.steps(), faults);
    }

    private Shape shape() {
        int regions = 1 + random.nextInt(4);
        return new Shape(
                IntStream.range(0, regions)
                        .mapToObj(i -> 1 + random.nextInt(one(6) ? 4 : 2))
                        .toList(),
                random.nextBoolean(),
                one(3) ? Optional.of(canary()) : Optional.empty(),
                one(4) ? OnFailure.ROLLBACK_REGION : one(4) ? OnFailure.PAUSE : OnFailure.ROLLBACK_ALL,
                seconds(1 + random.nextInt(5)),
                seconds(1 + random.nextInt(6)),
                Duration.ofMinutes(one(3) ? 1 : 15),
                random.nextBoolean(),
                one(6));
    }

    private Canary canary() {
        List<Integer> weights = one(2) ? List.of(10, 100) : one(2) ? List.of(50, 100) : List.of(10, 50, 100);
        boolean scarce = one(4);
        return new Canary(
                weights,
                seconds(6),
                seconds(12),
                0.01,
                one(2) ? Optional.of(Duration.ofMillis(800)) : Optional.empty(),
                scarce ? 1_000 : 20,
                scarce || one(2) ? Canary.WhenTooFew.PROMOTE : Canary.WhenTooFew.ROLL_BACK);
    }

    private List<Step> steps(Shape shape) {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.then(new Command.Deploy(1, List.of(), false)));
        int more = 1 + random.nextInt(4);
        int version = 1;
        for (int i = 1; i <= more; i++) {
            Optional<Duration> beside = one(6) ? Optional.of(seconds(random.nextInt(50))) : Optional.empty();
            Command command = command(shape, i, version);
            if (command instanceof Command.Deploy deploy) {
                version = deploy.version();
            }
            steps.add(new Step(command, beside));
            if (command instanceof Command.Edit) {
                steps.add(Step.then(new Command.Deploy(version, List.of(), one(2))));
            }
            if (one(10)) {
                steps.add(
                        new Step(new Command.Say(Answer.Verdict.ABORT), Optional.of(seconds(1 + random.nextInt(40)))));
            }
        }
        if (shape.approve()) {
            // While a person thinks, much can happen.
            Answer.Verdict verdict = one(4) ? Answer.Verdict.ABORT : Answer.Verdict.PROMOTE;
            steps.add(Step.then(new Command.Deploy(more + 2, List.of(), true)));
            steps.add(new Step(new Command.Say(verdict), Optional.of(seconds(40 + random.nextInt(60)))));
        }
        return steps;
    }

    private Command command(Shape shape, int place, int version) {
        return switch (random.nextInt(15)) {
            case 0, 1 -> new Command.RollBack(Optional.empty());
            case 2 -> new Command.RollBack(Optional.of(1 + random.nextInt(place)));
            case 3 -> one(3) ? new Command.Retire() : new Command.Rest(seconds(30 + random.nextInt(120)));
            case 4 -> one(3) ? new Command.BreakLock() : new Command.Status();
            case 5 -> new Command.Deploy(place + 1, someRegions(shape), one(2));
            case 6 -> new Command.Deploy(place, List.of(), one(2));
            case 12 -> new Command.Scale(someNumbers(shape));
            case 13 -> new Command.Scale(one(3) ? Map.of() : someNumbers(shape));
            case 14 -> one(2) ? new Command.Edit(someNumbers(shape)) : new Command.Deploy(version, List.of(), one(2));
            default -> new Command.Deploy(place + 1, List.of(), one(2));
        };
    }

    private Map<Integer, Integer> someNumbers(Shape shape) {
        Map<Integer, Integer> numbers = new TreeMap<>();
        IntStream.range(0, shape.servers().size())
                .filter(i -> one(2))
                .forEach(i -> numbers.put(i, 1 + random.nextInt(one(4) ? 5 : 3)));
        return numbers;
    }

    private List<Integer> someRegions(Shape shape) {
        return IntStream.range(0, shape.servers().size())
                .filter(i -> one(2))
                .boxed()
                .toList();
    }

    private List<Fault> faults(Shape shape, List<Step> steps) {
        int howMany = one(10) ? 0 : 1 + random.nextInt(one(3) ? 5 : 2);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            // The first deploy makes the world in which the others are tried; it is disturbed less often.
            int step = one(8) || steps.size() == 1 ? 0 : 1 + random.nextInt(steps.size() - 1);
            faults.add(fault(shape, step));
        }
        if (shape.approve() && shape.servers().size() > 1 && one(2)) {
            int region = 1 + random.nextInt(shape.servers().size() - 1);
            faults.add(new Fault.Cut(steps.size() - 2, region, seconds(20 + random.nextInt(30)), seconds(120)));
        }
        if (shape.canary().isPresent() && one(2)) {
            faults.add(badVersion(1));
        }
        if (one(6)) {
            faults.add(new Fault.Busy(random.nextInt(steps.size()), 10 + random.nextInt(40)));
        }
        if (one(3)) {
            faults.add(new Fault.BlindStore(0));
        }
        if (one(4)) {
            faults.add(new Fault.SlowLooks(0, Duration.ofMillis(5 + random.nextInt(40))));
        }
        return faults;
    }

    private Fault fault(Shape shape, int step) {
        int region = random.nextInt(shape.servers().size());
        return switch (random.nextInt(22)) {
            case 0, 1, 2, 3, 4 -> new Fault.Kill(step, 1 + random.nextInt(one(3) ? 30 : 160));
            case 5, 6 -> new Fault.Hang(step, 1 + random.nextInt(120), seconds(5 + random.nextInt(90)));
            case 7, 8, 9 -> calls(step, effect());
            case 10 -> calls(step, one(3) ? Effect.READ : Effect.WRITE);
            case 11 -> new Fault.StoreDown(step, soon(), seconds(1 + random.nextInt(60)));
            case 12 -> new Fault.SlowBoot(step, random.nextInt(8), seconds(one(4) ? 10_000 : random.nextInt(60)));
            case 13 -> new Fault.Death(step, random.nextInt(8), seconds(random.nextInt(50)));
            case 14 -> new Fault.LateDeath(step, random.nextInt(16), soon());
            case 15 -> new Fault.Cut(step, region, soon(), seconds(1 + random.nextInt(60)));
            case 16 -> new Fault.EdgeDown(step, soon(), seconds(1 + random.nextInt(40)));
            case 17 -> new Fault.Flap(step, region, soon(), seconds(2 + random.nextInt(40)));
            case 18 -> one(2) ? new Fault.SlowEdge(step, seconds(2 + random.nextInt(8))) : new Fault.BadCommand(step);
            case 19, 20 -> badVersion(step);
            default -> new Fault.ClockJump(step, Duration.ofMinutes(random.nextInt(-120, 120)));
        };
    }

    private Fault badVersion(int step) {
        Fault.BadVersion.Kind[] kinds = Fault.BadVersion.Kind.values();
        Fault.BadVersion.Kind kind = kinds[random.nextInt(kinds.length)];
        return new Fault.BadVersion(step, 2 + random.nextInt(4), kind, 2 + random.nextInt(one(2) ? 98 : 20));
    }

    private Fault calls(int step, Effect effect) {
        Trouble.How[] hows = Trouble.How.values();
        return new Fault.Calls(
                step,
                effect,
                random.nextInt(one(2) ? 3 : 20),
                1 + random.nextInt(one(4) ? 60 : 3),
                hows[random.nextInt(hows.length)],
                seconds(1 + random.nextInt(one(3) ? 70 : 10)));
    }

    private Effect effect() {
        return EFFECTS.get(random.nextInt(EFFECTS.size()));
    }

    private Duration soon() {
        return Duration.ofMillis(random.nextInt(60_000));
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
