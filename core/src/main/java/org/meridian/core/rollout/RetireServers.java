package org.meridian.core.rollout;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.Region;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;

/** Destroys servers of a region: only ones out of traffic, and only when their last requests had time to finish. */
public final class RetireServers {
    private final World world;
    private final Duration drain;

    /** Retires in this world, giving requests in flight at most {@code drain}. */
    public RetireServers(World world, Duration drain) {
        this.world = world;
        this.drain = drain;
    }

    /** Retires these servers; throws a Failure and destroys nothing when one of them takes traffic. */
    public void run(Region region, Collection<Server> servers) throws InterruptedException {
        if (servers.isEmpty()) {
            return;
        }
        Set<ServerName> leaving = servers.stream().map(Server::name).collect(Collectors.toSet());
        requireOutOfTraffic(region, leaving);
        leavePool(region, leaving);
        destroy(region, leaving);
    }

    private void requireOutOfTraffic(Region region, Set<ServerName> leaving) throws InterruptedException {
        List<ServerName> serving = new EdgeView(world)
                .pool(region.name()).origins().stream()
                        .filter(origin -> origin.serving() && leaving.contains(origin.server()))
                        .map(Origin::server)
                        .toList();
        if (!serving.isEmpty()) {
            throw Failure.of(Diagnostic.of(
                    "server-in-traffic",
                    region.name() + ": " + serving + " take traffic and will not be destroyed",
                    "Run 'meridian status' and deploy or roll back first."));
        }
    }

    private void leavePool(Region region, Set<ServerName> leaving) throws InterruptedException {
        EdgeView edge = new EdgeView(world);
        List<ServerName> present = edge.pool(region.name()).origins().stream()
                .map(Origin::server)
                .filter(leaving::contains)
                .toList();
        if (present.isEmpty()) {
            return;
        }
        world.traffic().drain(region.name(), present);
        new AwaitDrained(world, drain).run(region.name(), present);
        Pool pool = edge.pool(region.name());
        world.traffic().apply(PoolChange.without(pool, leaving));
    }

    private void destroy(Region region, Set<ServerName> leaving) throws InterruptedException {
        List<ServerSpec> staying = world.fleets().observe(region).servers().stream()
                .filter(server -> !leaving.contains(server.name()))
                .map(ServerSpec::of)
                .toList();
        world.fleets().converge(region, staying);
        leaving.forEach(world.hosts()::forget);
    }
}
