package org.meridian.core.rollout;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Origin;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/**
 * Waits until nothing is in flight on servers that left traffic, at most for the configured drain. What is still connected
 * then (a web socket, an event stream) is counted, shown and closed, so that its user comes back to the servers in traffic
 * and not to one that goes or, kept warm, serves an old release for days.
 */
final class AwaitDrained {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final World world;
    private final Duration drain;

    AwaitDrained(World world, Duration drain) {
        this.world = world;
        this.drain = drain;
    }

    /** The time over is no failure: the drain is the longest that a request may hold a server up, known or not. */
    void run(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        Set<ServerName> leaving = Set.copyOf(servers);
        AtomicInteger inFlight = new AtomicInteger();
        Wait wait = new Wait("requests in flight on the servers out of traffic to finish", drain, LOOK_EVERY);
        try {
            boolean idle = wait.holdsInTime(
                    world,
                    region,
                    () -> {
                        inFlight.set(connected(region, leaving));
                        return inFlight.get() == 0;
                    },
                    () -> inFlight + " in flight");
            if (!idle) {
                closeTheRest(region, leaving);
            }
        } catch (Failure e) {
            if (!Patience.isMomentary(e)) {
                throw e;
            }
        }
    }

    private void closeTheRest(RegionName region, Set<ServerName> leaving) throws InterruptedException {
        Set<ServerName> open = present(region, leaving).stream()
                .filter(origin -> !origin.serving() && origin.inFlight() > 0)
                .map(Origin::server)
                .collect(Collectors.toSet());
        int count = connected(region, open);
        if (count > 0) {
            boolean closed = world.traffic().disconnect(region, open);
            world.events()
                    .emit(new RolloutEvent.Note(
                            world.time().now(),
                            region + ": " + count + (count == 1 ? " connection was" : " connections were")
                                    + " still open when the drain was over"
                                    + (closed ? ", and closed" : "; what is open ends with the servers")));
        }
    }

    private int connected(RegionName region, Set<ServerName> servers) throws InterruptedException {
        return present(region, servers).stream().mapToInt(Origin::inFlight).sum();
    }

    private List<Origin> present(RegionName region, Set<ServerName> servers) throws InterruptedException {
        return new EdgeView(world)
                .pool(region).origins().stream()
                        .filter(origin -> servers.contains(origin.server()))
                        .toList();
    }
}
