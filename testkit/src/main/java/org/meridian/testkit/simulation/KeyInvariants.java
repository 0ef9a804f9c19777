package org.meridian.testkit.simulation;

import java.util.stream.Stream;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/** Nobody begins a rollout that servers' keys keep from being finished. */
final class KeyInvariants {
    private final SimulatedWorld world;

    KeyInvariants(SimulatedWorld world) {
        this.world = world;
    }

    /** When a rollout begins: what has to be worked on lets the deployer in, as far as it answers. */
    void requireLetIn(Deployer by, RolloutRecord rollout, Plan plan) {
        // What only goes back removes servers, for which nobody logs in.
        if (by.began != rollout.number()) {
            return;
        }
        plan.regions().stream()
                .flatMap(region -> Stream.concat(begun(plan, region), working(region)))
                .filter(server -> answers(server) && !by.unanswered.contains(server.spec.name()))
                .forEach(server -> world.invariants.require(
                        !world.lockedOut(by, server),
                        "keys",
                        () -> by + " begins " + rollout + " although " + server.spec.name() + " does not let it in"));
    }

    private Stream<SimulatedServer> begun(Plan plan, RegionPlan region) {
        return world.servers.values().stream()
                .filter(server -> server.region.equals(region.name())
                        && server.spec.release().equals(plan.target().id())
                        && server.placed
                        && region.prepares(server.spec.name()));
    }

    private Stream<SimulatedServer> working(RegionPlan region) {
        return world.servers.values().stream()
                .filter(server ->
                        region.shift() && !world.app.duties().isEmpty() && isPrevious(region, server.spec.name()));
    }

    private static boolean isPrevious(RegionPlan region, ServerName server) {
        return region.previous().stream().anyMatch(one -> one.name().equals(server));
    }

    private boolean answers(SimulatedServer server) {
        long now = world.scheduler.nanos();
        return server.booted(now)
                && world.conditions.reachable(server.region, now)
                && !world.conditions.outOfReach(server.region, server.spec.name());
    }
}
