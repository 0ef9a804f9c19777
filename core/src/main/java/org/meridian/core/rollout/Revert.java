package org.meridian.core.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.model.App;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.spi.Tasks;

/**
 * Puts everything back after a failure: traffic first, newest region first, then the new servers go.
 *
 * <p>It makes no server and waits for nothing but a former fleet that does not look well: the former fleet is warm, so
 * going back is a change of weights. What can't be put back in one region does not keep another from it.
 */
final class Revert {
    private static final Duration LOOK_EVERY = Duration.ofMillis(400);

    private final World world;
    private final App app;
    private final Plan plan;
    private final PhaseClock phases;
    private final EdgeView edge;
    private final HandOver handOver;
    private final NewServers newServers;
    private final boolean insists;
    private final Set<RegionName> left = ConcurrentHashMap.newKeySet();
    private final Set<ServerName> notHealed = ConcurrentHashMap.newKeySet();
    private volatile boolean failed;

    /**
     * A revert of what this plan did.
     *
     * @param newServers what this rollout made
     * @param insists whether users go back also where their former fleet is not healthy and the new one is
     */
    Revert(
            World world,
            App app,
            Plan plan,
            PhaseClock phases,
            HandOver handOver,
            NewServers newServers,
            boolean insists) {
        this.world = world;
        this.app = app;
        this.plan = plan;
        this.phases = phases;
        this.edge = new EdgeView(world);
        this.handOver = handOver;
        this.newServers = newServers;
        this.insists = insists;
    }

    /**
     * Puts traffic back wherever the new fleet has it, then removes that fleet.
     *
     * @param shifted the regions that this run shifted, in order; ones that an earlier run shifted are found
     * @param regions the regions to put back
     */
    End run(List<RegionName> shifted, List<RegionPlan> regions) throws InterruptedException {
        world.tasks().forEach(regions, region -> attempt(region.name(), () -> notHealed.addAll(notHealed(region))));
        List<RegionName> newestFirst = newestFirst(shifted, regions);
        world.events()
                .emit(new RolloutEvent.Reverting(
                        world.time().now(), plan.target().id(), plan.from(), newestFirst));
        for (RegionName region : newestFirst) {
            attempt(region, () -> phases.during(region, Phase.REVERT, () -> putBack(plan.region(region))));
        }
        world.tasks().forEach(regions, region -> attempt(region.name(), () -> handOver.settle(region)));
        List<RegionPlan> back =
                regions.stream().filter(region -> !left.contains(region.name())).toList();
        world.tasks().forEach(back, region -> attempt(region.name(), () -> finish(region)));
        return failed ? End.INCOMPLETE : left.isEmpty() ? End.COMPLETE : End.LEFT;
    }

    /** What a repair could not heal goes with what it made, or the next one would try in vain again. */
    private Set<ServerName> notHealed(RegionPlan region) throws InterruptedException {
        if (!plan.repairs(region) || keepsRelease(region)) {
            return Set.of();
        }
        Set<ServerName> repaired =
                region.toPrepare().stream().map(ServerSpec::name).collect(Collectors.toSet());
        HealthCheck check = plan.target().content().serve().health();
        return new StaysSick(world, check).among(region.name(), repaired);
    }

    private List<RegionName> newestFirst(List<RegionName> shifted, List<RegionPlan> regions)
            throws InterruptedException {
        List<RegionName> order = new ArrayList<>(shifted.reversed());
        for (List<RegionName> wave : app.rollout().waves().reversed()) {
            for (RegionName region : wave) {
                boolean covered = regions.stream().anyMatch(plan -> plan.name().equals(region));
                if (covered && !order.contains(region) && mayHaveMoved(plan.region(region))) {
                    order.add(region);
                }
            }
        }
        return order;
    }

    /** An edge that does not tell is told all the same: what can't be put back is then known to be so, and said. */
    private boolean mayHaveMoved(RegionPlan region) throws InterruptedException {
        try {
            return moved(region);
        } catch (Failure e) {
            if (Lease.isLoss(e)) {
                throw e;
            }
            return true;
        }
    }

    /** Whether users have come to servers that are taken away, or have lost some that they had. */
    private boolean moved(RegionPlan region) throws InterruptedException {
        Pool pool = edge.pool(region.name());
        return pool.origins().stream()
                .anyMatch(origin -> origin.serving()
                        ? leaves(region, pool, origin.server()) || passes(region, origin.server())
                        : lost(region, origin.server()) || isOut(region, pool, origin));
    }

    /** Whether it is what an abandoned rollout left in traffic beside what users go back to. */
    private static boolean passes(RegionPlan region, ServerName server) {
        return region.passing().stream().anyMatch(one -> one.name().equals(server));
    }

    /** Whether users had it and it neither serves nor drains: its proxy came back from a restart with what it did before. */
    private boolean isOut(RegionPlan region, Pool pool, Origin origin) {
        return !origin.draining()
                && (keepsRelease(region) ? had(region, pool) : hadBefore(region)).contains(origin.server());
    }

    /** Whether it is the number of a release's servers that changes, here or in other regions. */
    private boolean keepsRelease(RegionPlan region) {
        return plan.repairs(region) && (region.scales() || plan.scales());
    }

    private static Set<ServerName> hadBefore(RegionPlan region) {
        return region.previous().stream()
                .filter(server -> region.former().equals(Optional.of(server.release())))
                .map(Server::name)
                .collect(Collectors.toSet());
    }

    /** Whether a region's users had a server that fewer than before leave out. */
    private boolean lost(RegionPlan region, ServerName server) {
        return plan.repairs(region) && region.belongs(server) && !region.wants(server) && !region.joins(server);
    }

    private void putBack(RegionPlan region) throws InterruptedException {
        Pool pool = edge.pool(region.name());
        Set<ServerName> former = keepsRelease(region) ? had(region, pool) : former(region, pool);
        if (!former.isEmpty() && !insists && worse(region, former)) {
            leave(region);
            return;
        }
        Tasks.Work move = () -> goBack(region, edge.pool(region.name()), former);
        try {
            handOver.trafficTo(region, former, move);
        } catch (Failure e) {
            if (Lease.isLoss(e) || !Patience.isMomentary(e) || !losesUnhealed(region)) {
                throw e;
            }
            // What does not answer can't be told to end its work. It goes first, and then others take its work over.
            move.run();
            removeMade(region);
        }
    }

    private boolean losesUnhealed(RegionPlan region) {
        return region.toPrepare().stream().map(ServerSpec::name).anyMatch(notHealed::contains);
    }

    private void goBack(RegionPlan region, Pool pool, Set<ServerName> former) throws InterruptedException {
        // To tell workers to end can take long: what was sick when this began may have users again.
        notHealed.removeIf(server -> pool.origin(server)
                .filter(origin -> origin.health() == Origin.Health.HEALTHY)
                .isPresent());
        if (!former.isEmpty()) {
            world.traffic().apply(PoolChange.moveTo(pool, former));
        }
        // What somebody else's canary left half-way has lost its weight with all others, and no weight is not a drain.
        List<ServerName> leaving = pool.origins().stream()
                .filter(origin -> !former.contains(origin.server()))
                .filter(origin -> leaves(region, pool, origin.server()) || (!former.isEmpty() && !origin.draining()))
                .map(Origin::server)
                .toList();
        if (!leaving.isEmpty()) {
            world.traffic().drain(region.name(), leaving);
        }
    }

    /** The origins that a scaled region had, as far as they are there and not to be taken away. */
    private Set<ServerName> had(RegionPlan region, Pool pool) {
        return pool.origins().stream()
                .map(Origin::server)
                .filter(server -> region.belongs(server) && !made(region, pool, server))
                .collect(Collectors.toSet());
    }

    /** The origins that users go back to: those of the release they had, and of nothing else that is warm besides. */
    private static Set<ServerName> former(RegionPlan region, Pool pool) {
        List<Server> present = region.previous().stream()
                .filter(server -> pool.origin(server.name()).isPresent())
                .toList();
        List<Server> had = present.stream()
                .filter(server -> region.former().equals(Optional.of(server.release())))
                .toList();
        return (had.isEmpty() ? present : had).stream().map(Server::name).collect(Collectors.toSet());
    }

    /** Whether users would leave healthy servers for ones of which the edge sees none healthy, and not for a moment. */
    private boolean worse(RegionPlan region, Set<ServerName> former) throws InterruptedException {
        HealthCheck check = plan.target().content().serve().health();
        Duration moment = check.interval().multipliedBy(check.rise() + 1L).plusSeconds(2);
        AtomicBoolean newFleetCarried = new AtomicBoolean();
        boolean formerHealthy = new Wait("the edge to see the former servers healthy", moment, LOOK_EVERY)
                .holdsInTime(world, region.name(), () -> {
                    // Checks that now fail and now do not must not make either fleet look as if it were gone.
                    newFleetCarried.compareAndSet(false, newFleetCarries(region));
                    return anyHealthy(region, former);
                });
        return !formerHealthy && newFleetCarried.get();
    }

    private boolean anyHealthy(RegionPlan region, Set<ServerName> servers) throws InterruptedException {
        return edge.pool(region.name()).origins().stream()
                .anyMatch(origin -> servers.contains(origin.server()) && origin.health() == Origin.Health.HEALTHY);
    }

    private boolean newFleetCarries(RegionPlan region) throws InterruptedException {
        return edge.pool(region.name()).origins().stream()
                .anyMatch(origin ->
                        origin.serving() && region.wants(origin.server()) && origin.health() == Origin.Health.HEALTHY);
    }

    private void leave(RegionPlan region) {
        left.add(region.name());
        if (plan.scales()) {
            tell(
                    region.name(),
                    Diagnostic.of(
                            "former-unhealthy",
                            region.name()
                                    + " keeps the servers that came: the edge sees none of those that it had healthy",
                            "Fix what keeps them from answering, then 'meridian scale' goes on."));
            return;
        }
        String target = plan.target().id().toString();
        String had = region.former().map(ReleaseId::toString).orElse("what it had");
        tell(
                region.name(),
                Diagnostic.of(
                        "former-unhealthy",
                        region.name() + " stays on " + target + ": the edge sees no healthy server of " + had
                                + ", to which it would go back",
                        plan.rollsBack()
                                ? "Run 'meridian rollback' again to go on, or deploy a release that works."
                                : "'meridian rollback' moves its users all the same, 'meridian deploy' goes on with "
                                        + target + "."));
    }

    /** To put other regions back can take long: a proxy that restarted meanwhile may have come back with what it did before. */
    private void finish(RegionPlan region) throws InterruptedException {
        if (moved(region)) {
            putBack(region);
        }
        if (!left.contains(region.name())) {
            removeMade(region);
        }
    }

    private void removeMade(RegionPlan region) throws InterruptedException {
        Pool pool = edge.pool(region.name());
        List<Server> made = world.fleets().observe(region.region()).servers().stream()
                .filter(server -> made(region, pool, server.name()) || passed(region, pool, server.name()))
                .toList();
        if (!made.isEmpty()) {
            phases.during(region.name(), Phase.RETIRE, () -> new RetireServers(
                            world, app.rollout().drain())
                    .run(region.region(), made));
        }
    }

    /** Whether it is what an abandoned rollout left, and no user is on it any more. */
    private static boolean passed(RegionPlan region, Pool pool, ServerName server) {
        return (passes(region, server)
                        || region.superseded().stream()
                                .anyMatch(one -> one.name().equals(server)))
                && pool.origin(server).filter(Origin::serving).isEmpty();
    }

    /** Whether users leave the server when the region goes back. */
    private boolean leaves(RegionPlan region, Pool pool, ServerName server) {
        return plan.repairs(region) ? made(region, pool, server) : region.belongs(server);
    }

    /**
     * Whether this rollout, or the interrupted one that it goes on with, made the server. A repair or a rollback finds
     * servers of its release that were there before: its own are those that it made and that never joined; and what a
     * repair could not heal goes, too. A scaling leaves what was there before it.
     */
    private boolean made(RegionPlan region, Pool pool, ServerName server) {
        if (!plan.repairs(region) && !plan.rollsBack()) {
            return region.belongs(server);
        }
        return region.joins(server)
                || newServers.contains(server)
                || Unfit.of(region, pool).contains(server)
                || notHealed.contains(server);
    }

    private void attempt(RegionName region, PhaseClock.Work work) throws InterruptedException {
        try {
            work.run();
        } catch (Failure e) {
            if (Lease.isLoss(e)) {
                throw e;
            }
            failed = true;
            e.diagnostics().forEach(problem -> tell(region, problem));
        }
    }

    private void tell(RegionName region, Diagnostic problem) {
        world.events().emit(new RolloutEvent.Failed(world.time().now(), Optional.of(region), problem));
    }

    /** How it ended. */
    enum End {
        /** Everything is as it was. */
        COMPLETE,
        /** Some regions were left on their healthy new fleet; all others are as they were. */
        LEFT,
        /** Something could not be put back. */
        INCOMPLETE
    }
}
