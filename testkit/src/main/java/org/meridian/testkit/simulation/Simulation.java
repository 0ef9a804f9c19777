package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One simulated run: people do what a script says while things go wrong, then all has to come right again. */
public final class Simulation {
    private final Script script;
    private final SimulatedWorld world;
    private final Person person;
    private final List<FiberGroup> running = new ArrayList<>();

    private Simulation(Script script) {
        this.script = script;
        this.world = new SimulatedWorld(
                script.shape().app(), script.seed(), script.shape().proxied());
        this.person = new Person(world);
    }

    /** Runs what a seed stands for. */
    public static Result run(long seed) {
        return run(Scripts.from(seed));
    }

    /** Runs a script. */
    public static Result run(Script script) {
        return new Simulation(script).run();
    }

    private Result run() {
        try {
            steps();
            new Settlement(world, person, script.seed()).settle();
            if (script.merelyBusy()) {
                requireNothingFailed();
            }
            if (script.seed() % 8 == 0) {
                world.invariants.requireSecretsKept();
            }
        } catch (Violation | SimulatedCrash e) {
            // The world knows the first one.
        } catch (InterruptedException | IllegalStateException e) {
            Violation ignored = world.violated(new Violation("I8", e.toString(), e));
        }
        world.deployers().forEach(Deployer::kill);
        world.revive();
        return new Result(script, world.violation(), world.tally, world.chronicle);
    }

    private void steps() throws InterruptedException {
        for (int i = 0; i < script.steps().size(); i++) {
            Step step = script.steps().get(i);
            if (step.beside().isPresent()) {
                world.scheduler.sleep(step.beside().get());
            } else {
                awaitRunning();
            }
            start(i, step.command());
        }
        awaitRunning();
    }

    private void start(int place, Command command) {
        Deployer deployer = world.deployer("step-" + place);
        for (Fault fault : script.faults()) {
            if (fault.step() == place) {
                Faults.bringAbout(fault, world, deployer);
            }
        }
        running.add(world.scheduler.start(deployer, () -> {
            String ignored = person.carryOut(command, deployer);
        }));
    }

    /** Waits until every process has ended, dead ones' threads too, and a breath longer. */
    private void awaitRunning() throws InterruptedException {
        for (FiberGroup group : running) {
            boolean ignored = world.scheduler.join(group, false);
            requireNothingViolated();
        }
        running.clear();
        world.revive();
        requireNothingViolated();
        world.scheduler.sleep(Duration.ofSeconds(1));
    }

    /** Not a letter of the invariants, but as bad: something good that was given up for want of an answer. */
    private void requireNothingFailed() {
        for (String what : List.of(
                "Deploy rolled-back",
                "Deploy failed",
                "Deploy no_answer",
                "RollBack failed",
                "RollBack no_answer",
                "Scale rolled-back",
                "Scale failed",
                "Scale no_answer")) {
            world.invariants.require(
                    world.tally.of("command " + what) == 0,
                    "patience",
                    () -> what + ", although calls were slow or lost, and nothing else");
        }
    }

    private void requireNothingViolated() {
        if (world.violation().isPresent()) {
            throw world.violation().get();
        }
    }

    /**
     * What came of a run.
     *
     * @param script    what was run
     * @param violation what did not hold; empty when all did
     * @param tally     what happened, counted
     * @param history   what happened
     */
    public record Result(Script script, Optional<Violation> violation, Tally tally, Chronicle history) {}
}
