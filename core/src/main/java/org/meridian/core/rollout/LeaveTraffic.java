package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.meridian.core.model.Duties;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.RegionPlan;

/** Takes servers out of traffic while others of their release serve on, which get their users and their work. */
public final class LeaveTraffic {
    private final World world;
    private final EdgeView edge;
    private final Duration drain;
    private final HandOver handOver;

    /**
     * In this world.
     *
     * @param drain  how long requests in flight may take to finish
     * @param duties what each release does beside answering requests
     */
    public LeaveTraffic(World world, Duration drain, Function<ReleaseId, Duties> duties) {
        this.world = requireNonNull(world, "world is null");
        this.edge = new EdgeView(world);
        this.drain = requireNonNull(drain, "drain is null");
        this.handOver = new HandOver(world, duties, new NewServers());
    }

    /** Takes the users of these servers away, and then the work; returns once both have ended there. */
    public void run(RegionPlan region, Set<ServerName> leaving) throws InterruptedException {
        users(region, leaving);
        handOver.settle(region);
    }

    /** Takes the users of these servers away; what else they do goes on, since nobody can tell them to end it. */
    public void users(RegionPlan region, Set<ServerName> leaving) throws InterruptedException {
        Pool pool = edge.pool(region.name());
        List<ServerName> present = present(pool, leaving);
        if (present.isEmpty()) {
            return;
        }
        if (pool.origins().stream().anyMatch(origin -> origin.serving() && leaving.contains(origin.server()))) {
            world.traffic().apply(PoolChange.lower(pool, leaving));
        }
        world.traffic().drain(region.name(), present);
        new AwaitDrained(world, drain).run(region.name(), present);
    }

    /** Lets the edge forget servers that have no users. */
    public void forget(RegionPlan region, Set<ServerName> gone) throws InterruptedException {
        Pool pool = edge.pool(region.name());
        if (!present(pool, gone).isEmpty()) {
            world.traffic().apply(PoolChange.without(pool, gone));
        }
    }

    private static List<ServerName> present(Pool pool, Collection<ServerName> servers) {
        return pool.origins().stream()
                .map(Origin::server)
                .filter(servers::contains)
                .toList();
    }
}
