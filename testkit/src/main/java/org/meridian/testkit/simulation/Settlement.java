package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.meridian.core.model.Region;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.operation.Unfinished;
import org.meridian.core.spi.StateStore;

/** What a person does once nothing goes wrong any more; after that, everything has to be in order (I8, I4). */
final class Settlement {
    private static final int ATTEMPTS = 4;
    private static final int GOOD_VERSION = 99;
    private static final Duration ALL_SICK_AFTER = Duration.ofMinutes(3);

    private final SimulatedWorld world;
    private final Person person;
    private final SplittableRandom random;
    private int commands;

    Settlement(SimulatedWorld world, Person person, long seed) {
        this.world = world;
        this.person = person;
        this.random = new SplittableRandom(~seed);
    }

    void settle() throws InterruptedException {
        world.proxies.catchUp();
        world.proxies.calm();
        world.conditions.calm();
        world.commandsFail(false);
        world.approves();
        world.pools.values().forEach(SimulatedPool::changed);
        world.chronicle.add(null, "CALM", "");
        // Whoever died with the lock has lost it by then.
        world.scheduler.sleep(StateStore.LEASE.plusSeconds(5));
        doWhatStatusSays();
        repair();
        deployAGoodVersion();
        retireTheRest();
    }

    private void doWhatStatusSays() throws InterruptedException {
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Unfinished> interrupted = interrupted();
            if (interrupted.isEmpty()) {
                return;
            }
            world.tally.add("interruptions settled");
            outcomes.add(run(suggested(i)));
        }
        world.invariants.require(
                interrupted().filter(this::hasAWayBack).isEmpty(),
                "I8",
                () -> "what status suggests does not settle it: " + outcomes);
    }

    /** A rollback from nothing, or from and to what does not work, ends only with a good release. */
    private boolean hasAWayBack(Unfinished unfinished) {
        RolloutRecord rollout = unfinished.rollout();
        return rollout.kind() != RolloutRecord.Kind.ROLLBACK
                || works(rollout.to())
                || rollout.from().filter(this::works).isPresent();
    }

    private boolean works(ReleaseId release) {
        return world.conditions.flawOf(version(release)).none();
    }

    private Optional<Unfinished> interrupted() throws InterruptedException {
        return new ReadStatus(world.workspace(world.deployer("looker"))).run().unfinished();
    }

    /** One of the two things that status offers; undoing is what must always work in the end. */
    private Command suggested(int attempt) {
        RolloutRecord last = world.state.rollouts.getLast();
        boolean finish = attempt < 2 && last.kind() != RolloutRecord.Kind.ROLLBACK && random.nextBoolean();
        if (finish && last.kind() == RolloutRecord.Kind.SCALE) {
            return new Command.Scale(Map.of());
        }
        if (finish) {
            return new Command.Deploy(version(last.to()), List.of(), false);
        }
        // 'meridian rollback' undoes a deploy and finishes a rollback; what a rollback came from undoes that.
        boolean undoRollback = last.kind() == RolloutRecord.Kind.ROLLBACK && attempt >= 2;
        return new Command.RollBack(undoRollback ? last.from().map(ReleaseId::number) : Optional.empty());
    }

    private int version(ReleaseId release) {
        return world.state.releases.stream()
                .filter(known -> known.id().equals(release))
                .map(SimulatedRegistry::version)
                .findFirst()
                .orElse(GOOD_VERSION);
    }

    /** Where servers are not well, a person deploys the same release again, which makes them again. */
    private void repair() throws InterruptedException {
        Set<ReleaseId> serving = world.invariants.servingAnywhere();
        boolean well = world.pools.values().stream()
                .allMatch(pool -> pool.carrying(world.scheduler.nanos(), 0)
                        >= world.app.region(pool.region).servers());
        if (!well && serving.size() == 1) {
            int version = version(serving.iterator().next());
            if (world.conditions.flawOf(version).none()) {
                world.tally.add("repairs");
                String ignored = run(new Command.Deploy(version, List.of(), false));
            }
        }
    }

    private void deployAGoodVersion() throws InterruptedException {
        List<ReleaseId> flawedServe = world.invariants.servingAnywhere().stream()
                .filter(release -> !works(release))
                .toList();
        String outcome = run(new Command.Deploy(GOOD_VERSION, List.of(), true));
        if (outcome.equals("rolled-back") && !flawedServe.isEmpty()) {
            // Servers that a scaling made later sicken later: for a while the fallback has too few that are well.
            world.scheduler.sleep(ALL_SICK_AFTER);
            outcome = run(new Command.Deploy(GOOD_VERSION, List.of(), true));
        }
        String last = outcome;
        world.invariants.require(
                last.equals("deployed"), "I8", () -> "in calm a good version is not deployed but " + last);
        world.invariants.require(
                !world.state.releases.isEmpty(), "I8", () -> "a release was deployed and is not remembered");
        world.scheduler.sleep(Duration.ofSeconds(10));
        requireAllServe(world.state.releases.getLast());
        world.app.regions().forEach(region -> world.invariants.work.requireDone(region.name()));
        world.servers.values().stream()
                .filter(server -> world.pool(server.region).serving().contains(server.spec.release()))
                .forEach(world.data::requireFound);
    }

    private void requireAllServe(Release release) {
        for (Region region : world.app.regions()) {
            SimulatedPool pool = world.pool(region.name());
            world.invariants.require(
                    pool.serving().equals(Set.of(release.id()))
                            && pool.carrying(world.scheduler.nanos(), 0) == region.servers(),
                    "I8",
                    () -> "in calm " + region.name() + " serves " + pool.serving() + " with "
                            + pool.carrying(world.scheduler.nanos(), 0) + " of " + region.servers());
        }
    }

    /** Once nothing has to be kept any longer, nothing but what serves is left. */
    private void retireTheRest() throws InterruptedException {
        world.scheduler.sleep(world.app.rollout().keepPrevious().plusMinutes(1));
        String ignored = run(new Command.Retire());
        world.invariants.requireNoOrphans(region -> world.invariants.servingAnywhere());
    }

    private String run(Command command) throws InterruptedException {
        Deployer deployer = world.deployer("settling-" + ++commands);
        String[] outcome = {""};
        FiberGroup group = world.scheduler.start(deployer, () -> outcome[0] = person.carryOut(command, deployer));
        boolean ignored = world.scheduler.join(group, false);
        if (world.violation().isPresent()) {
            throw world.violation().get();
        }
        world.scheduler.sleep(Duration.ofSeconds(1));
        return outcome[0];
    }
}
