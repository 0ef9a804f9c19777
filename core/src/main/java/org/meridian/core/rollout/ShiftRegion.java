package org.meridian.core.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Origin;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/**
 * Moves a region's users to the new fleet, once the edge sees it healthy: all at once, or share by share where a canary
 * is configured. Then the former fleet drains and the new one is watched.
 */
final class ShiftRegion {
    private final World world;
    private final EdgeView edge;
    private final Plan plan;
    private final RolloutSettings settings;
    private final Judge judge;
    private final WaveGate gate;
    private final Ledger ledger;
    private final HandOver handOver;

    ShiftRegion(
            World world,
            RolloutSettings settings,
            Plan plan,
            Judge judge,
            WaveGate gate,
            Ledger ledger,
            HandOver handOver) {
        this.world = world;
        this.edge = new EdgeView(world);
        this.plan = plan;
        this.settings = settings;
        this.judge = judge;
        this.gate = gate;
        this.ledger = ledger;
        this.handOver = handOver;
    }

    void run(RegionPlan region) throws InterruptedException {
        awaitEdgeHealthy(region);
        if (plan.rollsBack()) {
            handOver.trafficTo(region, names(region), () -> moveAndDrain(region));
            judge.watch(List.of(region), Duration.ZERO);
        } else if (settings.canary().isPresent() && formerServes(region)) {
            drainSurplus(region);
            CanarySteps steps = new CanarySteps(world, settings.canary().get(), judge, region);
            moveByAndBy(region, steps);
            requireStillReady(region);
            moveAll(region);
            steps.soak(100);
        } else {
            moveAll(region);
            judge.watch(List.of(region), settings.watch());
        }
    }

    /** Whether there are users on another release, so that there is something to compare with. */
    private boolean formerServes(RegionPlan region) throws InterruptedException {
        return edge.pool(region.name()).origins().stream()
                .anyMatch(origin -> origin.serving() && !region.belongs(origin.server()));
    }

    /** An earlier run may have begun with more servers than are wanted now: they would count as the former release's. */
    private void drainSurplus(RegionPlan region) throws InterruptedException {
        List<ServerName> surplus = edge.pool(region.name()).origins().stream()
                .filter(origin -> origin.serving() && !region.wants(origin.server()) && region.belongs(origin.server()))
                .map(Origin::server)
                .toList();
        if (!surplus.isEmpty()) {
            world.traffic().drain(region.name(), surplus);
        }
    }

    private void moveByAndBy(RegionPlan region, CanarySteps steps) throws InterruptedException {
        int present = Math.min(99, PoolChange.shareOf(edge.pool(region.name()), names(region)));
        if (present > 0) {
            // What an interrupted run gave need not be one of the shares, since weights are whole numbers and servers
            // may
            // have joined since; whatever it is, what was answered to it is not known here.
            steps.soak(present);
        }
        for (int share : steps.after(present)) {
            requireStillReady(region);
            move(region, PoolChange.share(edge.pool(region.name()), names(region), share));
            world.events()
                    .emit(new RolloutEvent.Shifted(
                            world.time().now(), region.name(), plan.target().id(), new Weight(share)));
            steps.soak(share);
        }
    }

    /** A soak takes time, in which servers here or in the regions before can fall ill: more users only after a look. */
    private void requireStillReady(RegionPlan region) throws InterruptedException {
        judge.requireHealthy(List.of(region));
        if (region.name().equals(plan.primary()) && !plan.rollsBack()) {
            gate.pass(List.of(region.name()));
        }
    }

    private static Set<ServerName> names(RegionPlan region) {
        return region.wanted().stream().map(spec -> spec.name()).collect(Collectors.toSet());
    }

    private void awaitEdgeHealthy(RegionPlan region) throws InterruptedException {
        Duration atMost = patience(region);
        List<String> unseen = new ArrayList<>();
        new Wait("the edge to see the servers of " + plan.target().id() + " healthy", atMost, Duration.ofMillis(200))
                .until(
                        world,
                        region.name(),
                        () -> {
                            unseen.clear();
                            unseen.addAll(edge.addressesNotHealthy(region));
                            return unseen.isEmpty();
                        },
                        () -> "not healthy there yet: " + String.join(", ", unseen),
                        () -> Diagnostic.of(
                                "edge-unhealthy",
                                region.name() + ": the edge does not see every server of "
                                        + plan.target().id() + " healthy after " + Durations.spoken(atMost),
                                "Check that the edge can reach " + String.join(", ", unseen) + "; then deploy again."));
    }

    /** Servers that were warm and healthy when the rollback was planned need no more than to get over a lost check. */
    private Duration patience(RegionPlan region) {
        HealthCheck check = plan.target().content().serve().health();
        Duration checks = check.interval().plus(check.timeout()).multipliedBy(check.rise() + 2L);
        boolean warm = plan.rollsBack() && region.toPrepare().isEmpty();
        return warm ? checks : max(world.traffic().healthWithin(), checks);
    }

    /** All traffic, and the workers with it. */
    private void moveAll(RegionPlan region) throws InterruptedException {
        handOver.to(region, names(region), () -> moveAndDrain(region));
    }

    private void moveAndDrain(RegionPlan region) throws InterruptedException {
        moveTraffic(region);
        drainOthers(region);
    }

    /** Once more what was done already: a proxy that restarted meanwhile may have come back with what it did before. */
    void settle(RegionPlan region) throws InterruptedException {
        if (!isSettled(region)) {
            moveAndDrain(region);
        }
    }

    /** What can't be seen is most likely as it was left: it is said, and the next deploy looks again. */
    private boolean isSettled(RegionPlan region) throws InterruptedException {
        try {
            return edge.serves(region) && leaving(region).isEmpty();
        } catch (Failure e) {
            if (!Patience.isMomentary(e)) {
                throw e;
            }
            world.events()
                    .emit(new RolloutEvent.Note(
                            world.time().now(),
                            region.name() + ": its users were moved to "
                                    + plan.target().id() + "; whether all are still there can't be seen now ("
                                    + e.diagnostic().summary() + "). 'meridian deploy' looks again."));
            return true;
        }
    }

    private void moveTraffic(RegionPlan region) throws InterruptedException {
        if (edge.serves(region)) {
            return;
        }
        move(region, PoolChange.moveTo(edge.pool(region.name()), names(region)));
        world.events()
                .emit(new RolloutEvent.Shifted(
                        world.time().now(), region.name(), plan.target().id(), Weight.FULL));
    }

    /** Between the decision and the act a deployer can stand still, or a store be slow, for as long as the lock lasts. */
    private void move(RegionPlan region, PoolTarget target) throws InterruptedException {
        ledger.onlyIf(region.name(), () -> requireStillReady(region), () -> world.traffic()
                .apply(target));
    }

    private void drainOthers(RegionPlan region) throws InterruptedException {
        List<ServerName> leaving = leaving(region);
        if (!leaving.isEmpty()) {
            world.traffic().drain(region.name(), leaving);
        }
    }

    /** What does not drain yet and is not wanted. */
    private List<ServerName> leaving(RegionPlan region) throws InterruptedException {
        return edge.pool(region.name()).origins().stream()
                .filter(origin -> !region.wants(origin.server()) && !origin.draining())
                .map(Origin::server)
                .toList();
    }

    private static Duration max(Duration a, Duration b) {
        return Optional.of(a).filter(x -> x.compareTo(b) > 0).orElse(b);
    }
}
