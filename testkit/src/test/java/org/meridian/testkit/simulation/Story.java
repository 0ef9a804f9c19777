package org.meridian.testkit.simulation;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.MachineWork;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;
import org.meridian.core.operation.Scale;

/** A world with an app, and what a person does there. */
final class Story {
    static final ReleaseId R1 = new ReleaseId(1);
    static final ReleaseId R2 = new ReleaseId(2);
    static final ReleaseId R3 = new ReleaseId(3);
    static final DeployRequest ALL = new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), true);

    final SimulatedWorld world;

    Story(long seed) {
        this(SimulatedApps.threeRegions(2), seed);
    }

    Story(App app, long seed) {
        this.world = new SimulatedWorld(app, seed);
    }

    private Story(SimulatedWorld world) {
        this.world = world;
    }

    /** A world with a proxy on each machine, in which r1 serves everywhere. */
    static Story withProxies(long seed) throws InterruptedException {
        Story story = new Story(new SimulatedWorld(SimulatedApps.threeRegions(2), seed, true));
        story.deploy(1);
        return story;
    }

    /** A world in which r1 serves everywhere. */
    static Story withFirstRelease(long seed) throws InterruptedException {
        Story story = new Story(seed);
        story.deploy(1);
        return story;
    }

    Receipt deploy(int version) throws InterruptedException {
        world.publish(version);
        return new Deploy(world.workspace()).run(ALL, plan -> true);
    }

    Receipt rollBack() throws InterruptedException {
        return new RollBack(world.workspace()).run(RollBackRequest.to(Optional.empty()), plan -> true);
    }

    Receipt rollBackTo(ReleaseId release) throws InterruptedException {
        return new RollBack(world.workspace()).run(RollBackRequest.to(Optional.of(release)), plan -> true);
    }

    /** What 'meridian scale' does; the place of the primary is 0. */
    Receipt scale(Map<Integer, Integer> servers) throws InterruptedException {
        Deployer deployer = world.deployer("scaling");
        SimulatedFile file = new SimulatedFile(world, deployer, servers);
        return new Scale(world.workspace(deployer, file.edited())).run(file, plan -> true);
    }

    /** A person's work on machines, of which one at a time may be out of traffic. */
    MachineWork machines() {
        Deployer deployer = world.deployer("machines");
        deployer.mayMiss = 1;
        return new MachineWork(world.workspace(deployer));
    }

    /** Writes numbers of servers into the configuration. */
    void edit(Map<Integer, Integer> servers) {
        new SimulatedFile(world, world.deployer("editor"), servers).write();
    }

    /** The names of a release's servers in a region. */
    Set<ServerName> fleet(RegionName region, ReleaseId release) {
        return world.serverNames().stream()
                .filter(name -> name.value().startsWith("journal-" + region + "-" + release + "-"))
                .collect(Collectors.toSet());
    }

    /** How often traffic moved since that many events. */
    long shiftsSince(int events) {
        return world.events().stream()
                .skip(events)
                .filter(event -> event instanceof RolloutEvent.Shifted)
                .count();
    }

    /** What the last rollout that ended well replaced. */
    Optional<ReleaseId> kept() {
        return world.state.rollouts.reversed().stream()
                .filter(rollout -> rollout.outcome() == RolloutRecord.Outcome.DONE)
                .findFirst()
                .flatMap(RolloutRecord::from);
    }

    /** Everywhere one release, and no server but its own and the kept ones. */
    void requireServing(ReleaseId release, Optional<ReleaseId> kept) {
        for (var region : world.app.regions()) {
            if (!world.servingReleases(region.name()).equals(Set.of(release))) {
                throw new AssertionError(region.name() + " serves " + world.servingReleases(region.name())
                        + " instead of " + release + "\n" + world.history());
            }
        }
        Set<ReleaseId> accountedFor = new HashSet<>(Set.of(release));
        kept.ifPresent(accountedFor::add);
        world.invariants.requireNoOrphans(region -> accountedFor);
    }
}
