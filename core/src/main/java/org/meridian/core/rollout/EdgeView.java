package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.plan.RegionPlan;

/** What the edge says about a region, asked again each time. */
final class EdgeView {
    private final World world;

    EdgeView(World world) {
        this.world = world;
    }

    /** The pool of a region. */
    Pool pool(RegionName region) throws InterruptedException {
        return world.traffic().observe(region);
    }

    /** The wanted servers that the edge does not see healthy. */
    List<ServerName> notHealthy(RegionPlan plan) throws InterruptedException {
        Map<ServerName, Origin> origins = pool(plan.name()).byServer();
        return plan.wanted().stream()
                .map(spec -> spec.name())
                .filter(name -> !healthy(origins.get(name)))
                .toList();
    }

    /** Where the edge looks for those servers; the name of one that it does not know. */
    List<String> addressesNotHealthy(RegionPlan plan) throws InterruptedException {
        Map<ServerName, Origin> origins = pool(plan.name()).byServer();
        return plan.wanted().stream()
                .map(spec -> spec.name())
                .filter(name -> !healthy(origins.get(name)))
                .map(name -> origins.containsKey(name)
                        ? requireNonNull(origins.get(name)).address()
                        : name.value())
                .toList();
    }

    /** Whether exactly the wanted servers take the region's traffic, all of it. */
    boolean serves(RegionPlan plan) throws InterruptedException {
        Map<ServerName, Origin> origins = pool(plan.name()).byServer();
        Set<ServerName> wanted = plan.wanted().stream().map(spec -> spec.name()).collect(Collectors.toSet());
        return wanted.stream().allMatch(name -> full(origins.get(name)))
                && origins.values().stream()
                        .filter(Origin::serving)
                        .allMatch(origin -> wanted.contains(origin.server()));
    }

    private static boolean healthy(@Nullable Origin origin) {
        return origin != null && origin.health() == Origin.Health.HEALTHY;
    }

    private static boolean full(@Nullable Origin origin) {
        return origin != null && origin.serving() && origin.weight().equals(Weight.FULL);
    }
}
