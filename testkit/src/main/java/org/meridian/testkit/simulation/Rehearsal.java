package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;

/** One deploy of an app in a simulated world in which a release serves already, while something goes wrong or nothing. */
final class Rehearsal {
    private static final ReleaseId NEW = new ReleaseId(2);
    private static final DeployRequest EVERYWHERE =
            new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), false);
    private static final Duration AFTERMATH = Duration.ofSeconds(10);
    private static final Duration UNTIL_SOMEBODY_SEES = Duration.ofMinutes(1);

    private final SimulatedWorld world;
    private final Assumptions assumptions;
    private final Situation situation;
    private final SplittableRandom random;
    private final Duration usual;
    private Optional<String> why = Optional.empty();

    /**
     * A rehearsal.
     *
     * @param app         the app, as {@link RehearsedApp} makes it
     * @param assumptions what is taken for granted
     * @param situation   what goes wrong
     * @param seed        decides everything that is left to chance
     * @param usual       how long a deploy usually takes, within which time it goes wrong
     */
    Rehearsal(App app, Assumptions assumptions, Situation situation, long seed, Duration usual) {
        this.world = new SimulatedWorld(app, seed);
        this.assumptions = assumptions;
        this.situation = situation;
        this.random = new SplittableRandom(~seed);
        this.usual = usual;
        world.conditions.edgeSees(edgeSees(app));
        world.approves();
    }

    /** Two bad answers, the second asked for sooner; one of them may be awaited in vain. */
    private static Duration edgeSees(App app) {
        var health = app.serve().health();
        return health.interval().multipliedBy(5).dividedBy(4).plus(health.timeout());
    }

    Rehearsed run() throws InterruptedException {
        try {
            return rehearsed();
        } catch (Violation | IllegalStateException e) {
            return Rehearsed.broken(String.valueOf(e.getMessage()));
        } finally {
            world.deployers().forEach(Deployer::kill);
            world.revive();
        }
    }

    private Rehearsed rehearsed() throws InterruptedException {
        serveFirstRelease();
        Meter meter = new Meter(world, assumptions.load());
        world.beforeChanges(meter::count);
        world.pace(assumptions.pace());
        world.publish(NEW.number());

        int told = world.events().size();
        long begin = world.scheduler.nanos();
        Ending ending = deployWhileItGoesWrong();
        Duration took = Duration.ofNanos(world.scheduler.nanos() - begin);
        Map<String, Duration> stages =
                Stages.of(world.app, world.events().subList(told, world.events().size()));
        world.scheduler.sleep(AFTERMATH);
        meter.count();
        endWhatGoesWrong();
        double lasting = meter.failing(world.scheduler.nanos());
        Optional<Duration> rollback =
                situation == Situation.CALM && ending == Ending.DEPLOYED ? Optional.of(rollBack()) : Optional.empty();
        return new Rehearsed(
                ending, took, stages, rollback, meter.failed(), meter.sent(), lasting, why, Optional.empty());
    }

    private void serveFirstRelease() throws InterruptedException {
        world.publish(1);
        Ending ending = carriedOut(world.deployer("first"), this::deploy);
        if (ending != Ending.DEPLOYED) {
            throw Failure.of(Diagnostic.of(
                    "no-first-release",
                    "in the simulation not even a first deploy works: " + why.orElse("it ended with " + ending),
                    "See whether the times in the configuration leave room for an app to become healthy."));
        }
        world.scheduler.sleep(AFTERMATH);
    }

    private Ending deployWhileItGoesWrong() throws InterruptedException {
        Deployer deployer = world.deployer("deployer");
        situation.bringAbout(world, deployer, NEW, usual, random);
        Ending ending = carriedOut(deployer, this::deploy);
        if (!deployer.dead()) {
            return ending;
        }
        world.revive();
        world.scheduler.sleep(UNTIL_SOMEBODY_SEES);
        return carriedOut(world.deployer("next"), this::deploy);
    }

    /** What is down comes up again; what is broken stays so. */
    private void endWhatGoesWrong() throws InterruptedException {
        world.conditions.calm();
        world.pools.values().forEach(SimulatedPool::changed);
        world.scheduler.sleep(AFTERMATH);
    }

    private Duration rollBack() throws InterruptedException {
        long begin = world.scheduler.nanos();
        Ending ignored = carriedOut(
                world.deployer("back"),
                by -> Ending.of(new RollBack(world.workspace(by))
                        .run(RollBackRequest.to(Optional.empty()), plan -> true)
                        .outcome()));
        return Duration.ofNanos(world.scheduler.nanos() - begin);
    }

    private Ending deploy(Deployer by) throws InterruptedException {
        return Ending.of(
                new Deploy(world.workspace(by)).run(EVERYWHERE, plan -> true).outcome());
    }

    /** Runs a command in a process of its own, which may be killed. */
    private Ending carriedOut(Deployer by, Work work) throws InterruptedException {
        Ending[] ending = {Ending.GAVE_UP};
        int told = world.events().size();
        FiberGroup process = world.scheduler.start(by, () -> {
            try {
                ending[0] = work.run(by);
            } catch (Failure e) {
                why = Optional.of(e.diagnostic().summary());
                ending[0] = Ending.of(e.kind());
            } catch (SimulatedCrash e) {
                // It was killed; what it leaves behind is the next command's business.
            } catch (RuntimeException e) {
                throw world.violated(new Violation("I8", by + " fell over: " + e, e));
            }
        });
        boolean ignored = world.scheduler.join(process, false);
        world.violation().ifPresent(found -> {
            throw found;
        });
        world.events().stream()
                .skip(told)
                .filter(RolloutEvent.Failed.class::isInstance)
                .findFirst()
                .ifPresent(event -> why =
                        Optional.of(((RolloutEvent.Failed) event).problem().summary()));
        return ending[0];
    }

    /** What a process does. */
    private interface Work {
        Ending run(Deployer by) throws InterruptedException;
    }
}
