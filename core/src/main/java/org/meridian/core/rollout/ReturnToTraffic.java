package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Duties;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.plan.RegionPlan;

/** Gives servers their users and their work back, once they are healthy. */
public final class ReturnToTraffic {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final World world;
    private final EdgeView edge;
    private final Release release;
    private final HandOver handOver;

    /** In this world, to servers of this release. */
    public ReturnToTraffic(World world, Release release, Function<ReleaseId, Duties> duties) {
        this.world = requireNonNull(world, "world is null");
        this.edge = new EdgeView(world);
        this.release = requireNonNull(release, "release is null");
        this.handOver = new HandOver(world, duties, new NewServers());
    }

    /** Does it; throws a Failure and leaves them without users where they do not become healthy. */
    public void run(RegionPlan region, List<Server> servers) throws InterruptedException {
        Set<ServerName> names = servers.stream().map(Server::name).collect(Collectors.toSet());
        // One that booted may have another address than before.
        world.traffic().apply(PoolChange.join(edge.pool(region.name()), origins(servers)));
        awaitHealthy(region, names);
        world.traffic().apply(PoolChange.raise(edge.pool(region.name()), names));
        world.events().emit(new RolloutEvent.Shifted(world.time().now(), region.name(), release.id(), Weight.FULL));
        handOver.settle(region);
    }

    private List<OriginTarget> origins(List<Server> servers) {
        return servers.stream()
                .map(server -> new OriginTarget(
                        server.name(), server.origin(release.content().serve()), Weight.NONE))
                .toList();
    }

    private void awaitHealthy(RegionPlan region, Set<ServerName> names) throws InterruptedException {
        HealthCheck check = release.content().serve().health();
        Duration atMost = check.within().plus(world.traffic().healthWithin());
        String who = names.stream().sorted().map(ServerName::value).collect(Collectors.joining(", "));
        new Wait("the edge to see " + who + " healthy again", atMost, LOOK_EVERY)
                .until(
                        world,
                        region.name(),
                        () -> allHealthy(region, names),
                        () -> "",
                        () -> Diagnostic.of(
                                "server-unhealthy",
                                region.name() + ": the edge does not see " + who + " healthy after "
                                        + Durations.spoken(atMost),
                                "See 'meridian logs'. It has no users; 'meridian scale' prepares it again."));
    }

    private boolean allHealthy(RegionPlan region, Set<ServerName> names) throws InterruptedException {
        Pool pool = edge.pool(region.name());
        return names.stream().allMatch(name -> pool.origin(name)
                .filter(origin -> origin.health() == Origin.Health.HEALTHY)
                .isPresent());
    }
}
