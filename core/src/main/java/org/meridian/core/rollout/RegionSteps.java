package org.meridian.core.rollout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.model.App;
import org.meridian.core.model.HookPoint;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/** What a rollout does in one region, phase by phase. */
final class RegionSteps {
    private final World world;
    private final App app;
    private final Plan plan;
    private final int rollout;
    private final PhaseClock phases;
    private final PrepareRegion prepare;
    private final ShiftRegion shift;
    private final HandOver handOver;

    RegionSteps(
            World world,
            App app,
            Plan plan,
            Ledger ledger,
            PhaseClock phases,
            PrepareRegion prepare,
            Judge judge,
            WaveGate gate,
            HandOver handOver) {
        this.world = world;
        this.app = app;
        this.plan = plan;
        this.rollout = ledger.rollout();
        this.phases = phases;
        this.prepare = prepare;
        this.shift = new ShiftRegion(world, app.rollout(), plan, judge, gate, ledger, handOver);
        this.handOver = handOver;
    }

    void retireSuperseded(RegionPlan region) throws InterruptedException {
        if (!region.superseded().isEmpty()) {
            RetireServers retire = new RetireServers(world, app.rollout().drain());
            phases.during(region.name(), Phase.RETIRE, () -> retire.run(region.region(), region.superseded()));
        }
    }

    void retireLeaving(RegionPlan region) throws InterruptedException {
        if (!region.leaving().isEmpty()) {
            RetireServers retire = new RetireServers(world, app.rollout().drain());
            phases.during(region.name(), Phase.RETIRE, () -> retire.run(region.region(), region.leaving()));
        }
    }

    /** Brings the region's servers to where nothing is missing but the start. */
    void install(RegionPlan region) throws InterruptedException {
        if (!region.toPrepare().isEmpty()) {
            phases.during(region.name(), Phase.PREPARE, () -> prepare.install(region));
        }
    }

    /** Brings the region's servers to where the edge health-checks them; what is installed is not installed again. */
    void prepare(RegionPlan region) throws InterruptedException {
        if (!region.toPrepare().isEmpty()) {
            phases.during(region.name(), Phase.PREPARE, () -> prepare.run(region));
        }
    }

    /** Prepares, or removes what it made: a server that never comes up must not be in the way of the next try. */
    void prepareOrRemove(RegionPlan region) throws InterruptedException {
        try {
            prepare(region);
        } catch (Failure e) {
            if (!Lease.isLoss(e) && !Approval.isAbort(e)) {
                removeUnfit(region, e);
            }
            throw e;
        }
    }

    private void removeUnfit(RegionPlan region, Failure why) throws InterruptedException {
        try {
            Pool pool = world.traffic().observe(region.name());
            Set<ServerName> unfit = Unfit.of(region, pool).stream()
                    .filter(server -> !carries(pool, server))
                    .collect(Collectors.toSet());
            List<Server> servers = world.fleets().observe(region.region()).servers().stream()
                    .filter(server -> unfit.contains(server.name()))
                    .toList();
            List<ServerName> joined = unfit.stream()
                    .filter(server -> pool.origin(server).isPresent())
                    .toList();
            if (!joined.isEmpty()) {
                world.traffic().drain(region.name(), joined);
            }
            new RetireServers(world, app.rollout().drain()).run(region.region(), servers);
        } catch (Failure e) {
            if (Lease.isLoss(e)) {
                throw e;
            }
            why.addSuppressed(e);
        }
    }

    /** What was made again in the place of one that died may be all that users have, whatever the others are like. */
    private static boolean carries(Pool pool, ServerName server) {
        return pool.origin(server)
                .filter(origin -> origin.serving() && origin.health() == Origin.Health.HEALTHY)
                .isPresent();
    }

    void shift(RegionPlan region) throws InterruptedException {
        phases.during(region.name(), Phase.SHIFT, () -> {
            world.hooks().at(HookPoint.BEFORE_REGION, facts(region.name()));
            shift.run(region);
            world.hooks().at(HookPoint.AFTER_REGION, facts(region.name()));
        });
    }

    /** Workers where traffic did not move in this run, such as after one that was cut off or on servers that came. */
    void settleWorkers(RegionPlan region) throws InterruptedException {
        handOver.settle(region);
    }

    /** Also where nothing was to move a proxy may have restarted with what it did before. */
    void settleTraffic(RegionPlan region) throws InterruptedException {
        shift.settle(region);
    }

    void drainPrevious(RegionPlan region) throws InterruptedException {
        if (!region.previous().isEmpty()) {
            AwaitDrained drained = new AwaitDrained(world, app.rollout().drain());
            phases.during(
                    region.name(),
                    Phase.DRAIN,
                    () -> drained.run(
                            region.name(),
                            region.previous().stream().map(Server::name).toList()));
        }
    }

    private Map<String, String> facts(RegionName region) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("app", app.name().value());
        facts.put("region", region.value());
        facts.put("kind", Hooks.written(plan.kind()));
        facts.put("rollout", Integer.toString(rollout));
        facts.put("release", plan.target().id().toString());
        plan.from().ifPresent(release -> facts.put("previous", release.toString()));
        return facts;
    }
}
