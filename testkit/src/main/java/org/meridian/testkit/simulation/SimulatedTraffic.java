package org.meridian.testkit.simulation;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.TrafficDriver;

/** The simulated edge, as one deployer sees it. */
final class SimulatedTraffic implements TrafficDriver {
    private final SimulatedWorld world;
    private final Deployer deployer;

    SimulatedTraffic(SimulatedWorld world, Deployer deployer) {
        this.world = world;
        this.deployer = deployer;
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        world.look(deployer, Effect.POOLS, "");
        List<Pool> seen = new ArrayList<>(world.pools.size());
        for (SimulatedPool pool : world.pools.values()) {
            seen.add(pool.seen());
        }
        return seen;
    }

    @Override
    public void prepare() throws InterruptedException {
        world.effect(deployer, Effect.EDGE, world.app.primary(), "prepare", () -> world.app
                .regions()
                .forEach(region -> world.pool(region.name())));
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        world.effect(deployer, Effect.APPLY, target.region(), target, () -> change(target));
        deployer.idle();
    }

    private void change(PoolTarget target) {
        SimulatedPool pool = world.pool(target.region());
        Set<ServerName> wanted =
                target.origins().stream().map(OriginTarget::server).collect(Collectors.toSet());
        world.invariants.mayApply(pool, wanted);
        long now = world.scheduler.nanos();
        pool.origins.keySet().retainAll(wanted);
        for (OriginTarget origin : target.origins()) {
            SimulatedOrigin there = pool.origins.get(origin.server());
            if (there == null || !there.address.equals(origin.address())) {
                there = new SimulatedOrigin(origin.server(), origin.address(), now);
                pool.origins.put(origin.server(), there);
            }
            boolean stillDraining = there.draining && !origin.weight().serving();
            there.become(origin.weight(), stillDraining, now);
        }
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        world.effect(deployer, Effect.DRAIN, region, servers, () -> {
            SimulatedPool pool = world.pool(region);
            for (ServerName server : servers) {
                SimulatedOrigin origin = pool.origins.get(server);
                if (origin != null) {
                    origin.become(origin.weight, true, world.scheduler.nanos());
                }
            }
        });
        deployer.idle();
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        world.effect(deployer, Effect.DRAIN, region, servers, () -> {
            SimulatedPool pool = world.pool(region);
            for (ServerName server : servers) {
                SimulatedOrigin origin = pool.origins.get(server);
                if (origin != null && !origin.serving()) {
                    world.invariants.mayDisconnect(origin);
                    origin.disconnect();
                }
            }
        });
        deployer.idle();
        return true;
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
