package org.meridian.core.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.model.App;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/**
 * Puts everything back after a failure: traffic first, newest region first, then the new servers go.
 *
 * <p>It makes no server and repeats no wait: the former fleet is warm, so going back is a change of weights. What can't
 * be put back in one region does not keep another from it.
 */
final class Revert {
    private final World world;
    private final App app;
    private final Plan plan;
    private final PhaseClock phases;
    private final EdgeView edge;
    private boolean complete = true;

    Revert(World world, App app, Plan plan, PhaseClock phases) {
        this.world = world;
        this.app = app;
        this.plan = plan;
        this.phases = phases;
        this.edge = new EdgeView(world);
    }

    /**
     * Puts traffic back wherever the new fleet has it, then removes that fleet.
     *
     * @param shifted the regions that this run shifted, in order; ones that an earlier run shifted are found
     * @param regions the regions to put back
     * @return whether everything is as it was
     */
    boolean run(List<RegionName> shifted, List<RegionPlan> regions) throws InterruptedException {
        List<RegionName> newestFirst = newestFirst(shifted, regions);
        world.events()
                .emit(new RolloutEvent.Reverting(
                        world.time().now(), plan.target().id(), plan.from(), newestFirst));
        for (RegionName region : newestFirst) {
            attempt(region, () -> phases.during(region, Phase.REVERT, () -> putBack(plan.region(region))));
        }
        world.tasks().forEach(regions, region -> attempt(region.name(), () -> removeMade(region)));
        return complete;
    }

    private List<RegionName> newestFirst(List<RegionName> shifted, List<RegionPlan> regions)
            throws InterruptedException {
        List<RegionName> order = new ArrayList<>(shifted.reversed());
        for (List<RegionName> wave : app.rollout().waves().reversed()) {
            for (RegionName region : wave) {
                boolean covered = regions.stream().anyMatch(plan -> plan.name().equals(region));
                if (covered && !order.contains(region) && newFleetServes(plan.region(region))) {
                    order.add(region);
                }
            }
        }
        return order;
    }

    private boolean newFleetServes(RegionPlan region) throws InterruptedException {
        return edge.pool(region.name()).origins().stream()
                .anyMatch(origin -> origin.serving() && made(region, origin.server()));
    }

    private void putBack(RegionPlan region) throws InterruptedException {
        Pool pool = edge.pool(region.name());
        Set<ServerName> former = region.previous().stream().map(Server::name).collect(Collectors.toSet());
        if (pool.origins().stream().anyMatch(origin -> former.contains(origin.server()))) {
            world.traffic().apply(PoolChange.moveTo(pool, former));
        }
        List<ServerName> leaving = pool.origins().stream()
                .map(origin -> origin.server())
                .filter(server -> !former.contains(server) && made(region, server))
                .toList();
        if (!leaving.isEmpty()) {
            world.traffic().drain(region.name(), leaving);
        }
    }

    private void removeMade(RegionPlan region) throws InterruptedException {
        List<Server> made = world.fleets().observe(region.region()).stream()
                .filter(server -> made(region, server.name()))
                .toList();
        if (!made.isEmpty()) {
            phases.during(region.name(), Phase.RETIRE, () -> new RetireServers(
                            world, app.rollout().drain())
                    .run(region.region(), made));
        }
    }

    /** Whether this rollout, or the interrupted one that it goes on with, made the server. */
    private boolean made(RegionPlan region, ServerName server) {
        boolean repairs = plan.from().equals(Optional.of(plan.target().id()));
        return (repairs || plan.rollsBack())
                ? region.toPrepare().stream().anyMatch(spec -> spec.name().equals(server))
                : region.wants(server);
    }

    private void attempt(RegionName region, PhaseClock.Work work) throws InterruptedException {
        try {
            work.run();
        } catch (Failure e) {
            if (Lease.isLoss(e)) {
                throw e;
            }
            complete = false;
            List<RolloutEvent> problems = new ArrayList<>();
            e.diagnostics()
                    .forEach(problem ->
                            problems.add(new RolloutEvent.Failed(world.time().now(), Optional.of(region), problem)));
            problems.forEach(world.events()::emit);
        }
    }
}
