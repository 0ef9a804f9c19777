package org.meridian.core.rollout;

import java.util.List;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.RegionPlan;

/** What the edge says about a region, asked anew each time. */
final class EdgeView {
    private final World world;

    EdgeView(World world) {
        this.world = world;
    }

    /** The pool of a region. */
    Pool pool(RegionName region) throws InterruptedException {
        return new Observation(List.of(), world.traffic().observe()).pool(region);
    }

    /** The wanted servers that the edge does not see healthy. */
    List<ServerName> notHealthy(RegionPlan plan) throws InterruptedException {
        Pool pool = pool(plan.name());
        return plan.wanted().stream()
                .map(spec -> spec.name())
                .filter(name -> pool.origin(name)
                        .filter(origin -> origin.health() == Origin.Health.HEALTHY)
                        .isEmpty())
                .toList();
    }

    /** Whether exactly the wanted servers take the region's traffic, all of it. */
    boolean serves(RegionPlan plan) throws InterruptedException {
        Pool pool = pool(plan.name());
        boolean wanted = plan.wanted().stream()
                .allMatch(
                        spec -> pool.origin(spec.name()).filter(EdgeView::full).isPresent());
        return wanted
                && pool.origins().stream().filter(Origin::serving).allMatch(origin -> plan.wants(origin.server()));
    }

    private static boolean full(Origin origin) {
        return origin.serving() && origin.weight().equals(Weight.FULL);
    }
}
