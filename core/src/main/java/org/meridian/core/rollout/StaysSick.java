package org.meridian.core.rollout;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Origin;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/** Which servers the edge sees unhealthy at every look for longer than a moment: one look says little while checks flap. */
final class StaysSick {
    private static final Duration LOOK_EVERY = Duration.ofMillis(400);

    private final World world;
    private final Duration moment;

    /** As the edge sees it with these checks. */
    StaysSick(World world, HealthCheck check) {
        this.world = world;
        this.moment = check.interval().multipliedBy(check.rise() + 1L).plusSeconds(2);
    }

    /** Those of these servers that stay so; returns at once when none is. */
    Set<ServerName> among(RegionName region, Set<ServerName> servers) throws InterruptedException {
        Set<ServerName> sick = new HashSet<>(servers);
        EdgeView edge = new EdgeView(world);
        new Wait("the edge to see " + region + " healthy", moment, LOOK_EVERY).holdsInTime(world, region, () -> {
            sick.retainAll(unhealthy(edge, region));
            return sick.isEmpty();
        });
        return Set.copyOf(sick);
    }

    private static Set<ServerName> unhealthy(EdgeView edge, RegionName region) throws InterruptedException {
        return edge.pool(region).origins().stream()
                .filter(origin -> origin.health() == Origin.Health.UNHEALTHY)
                .map(Origin::server)
                .collect(Collectors.toSet());
    }
}
