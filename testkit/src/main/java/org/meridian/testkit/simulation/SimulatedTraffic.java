package org.meridian.testkit.simulation;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.TrafficDriver;

/** The simulated edge. */
final class SimulatedTraffic implements TrafficDriver {
    private final SimulatedWorld world;

    SimulatedTraffic(SimulatedWorld world) {
        this.world = world;
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        world.look();
        return world.pools.entrySet().stream()
                .map(pool -> new Pool(
                        pool.getKey(),
                        pool.getValue().values().stream().map(this::seen).toList()))
                .toList();
    }

    private Origin seen(SimulatedOrigin origin) {
        return new Origin(
                origin.server,
                origin.address,
                origin.weight,
                origin.draining,
                world.edgeHealth(origin),
                origin.inFlight(world.scheduler.now(), world.longestRequest()));
    }

    @Override
    public void prepare() throws InterruptedException {
        world.effect("edge", "prepare", () -> world.app
                .regions()
                .forEach(region -> world.pools.computeIfAbsent(region.name(), name -> new TreeMap<>())));
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        world.effect("apply", target.toString(), () -> {
            world.invariants.mayApply(target);
            Map<ServerName, SimulatedOrigin> pool = world.pools.computeIfAbsent(target.region(), r -> new TreeMap<>());
            Set<ServerName> wanted =
                    target.origins().stream().map(OriginTarget::server).collect(Collectors.toSet());
            pool.keySet().removeIf(server -> !wanted.contains(server));
            for (OriginTarget origin : target.origins()) {
                SimulatedOrigin there = pool.get(origin.server());
                if (there == null || !there.address.equals(origin.address())) {
                    there = new SimulatedOrigin(origin.server(), origin.address(), world.scheduler.now());
                    pool.put(origin.server(), there);
                }
                boolean stillDraining = there.draining && !origin.weight().serving();
                there.become(origin.weight(), stillDraining, world.scheduler.now());
            }
        });
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        world.effect("drain", region + " " + servers, () -> {
            for (ServerName server : servers) {
                SimulatedOrigin origin =
                        world.pools.getOrDefault(region, Map.of()).get(server);
                if (origin != null) {
                    origin.become(origin.weight, true, world.scheduler.now());
                }
            }
        });
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:8080/");
    }

    @Override
    public void destroyAll() {
        world.pools.clear();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
