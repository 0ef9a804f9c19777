package org.meridian.core.rollout;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.meridian.core.model.Origin;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/** Waits until no request is in flight on servers that left traffic, at most for the configured drain. */
final class AwaitDrained {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final World world;
    private final Duration drain;

    AwaitDrained(World world, Duration drain) {
        this.world = world;
        this.drain = drain;
    }

    void run(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        Set<ServerName> leaving = Set.copyOf(servers);
        EdgeView edge = new EdgeView(world);
        // The time over is no failure: the drain is the longest that a request may hold a server up.
        AtomicInteger inFlight = new AtomicInteger();
        boolean ignored = new Wait("requests in flight on the servers out of traffic to finish", drain, LOOK_EVERY)
                .holdsInTime(
                        world,
                        region,
                        () -> {
                            inFlight.set(edge.pool(region).origins().stream()
                                    .filter(origin -> leaving.contains(origin.server()))
                                    .mapToInt(Origin::inFlight)
                                    .sum());
                            return inFlight.get() == 0;
                        },
                        () -> inFlight + " in flight");
    }
}
