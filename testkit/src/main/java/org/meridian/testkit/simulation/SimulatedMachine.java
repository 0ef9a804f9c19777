package org.meridian.testkit.simulation;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.core.traffic.MachineProxy;
import org.meridian.testkit.simulation.SimulatedProxy.State;

/** The proxy of one machine, as one deployer reaches it. What is asked of it is written first and done then. */
final class SimulatedMachine implements TrafficDriver {
    private final SimulatedWorld world;
    private final Deployer deployer;
    private final SimulatedProxy proxy;

    private SimulatedMachine(SimulatedWorld world, Deployer deployer, SimulatedProxy proxy) {
        this.world = world;
        this.deployer = deployer;
        this.proxy = proxy;
    }

    /** All there are, as a deployer finds them each time. */
    static MachineProxy.Source all(SimulatedWorld world, Deployer deployer) {
        Map<SimulatedProxy, MachineProxy> known = new HashMap<>();
        return new MachineProxy.Source() {
            @Override
            public List<MachineProxy> proxies() {
                return world.proxies.all().stream()
                        .map(proxy -> known.computeIfAbsent(
                                proxy,
                                one -> new MachineProxy(
                                        one.pool.region,
                                        origin -> one.has(origin.server()),
                                        new SimulatedMachine(world, deployer, one))))
                        .toList();
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        deployer.knownProxies.asked(proxy.pool.region, world.scheduler.nanos());
        world.look(deployer, Effect.POOLS, proxy.pool.region);
        requireReached(Effect.POOLS);
        deployer.knownProxies.seen(proxy, world.proxies.restarted());
        List<Origin> here = new ArrayList<>();
        for (Origin origin : proxy.pool.seen().origins()) {
            if (proxy.has(origin.server())) {
                here.add(origin);
            }
        }
        return List.of(new Pool(proxy.pool.region, here));
    }

    @Override
    public void prepare() throws InterruptedException {
        world.effect(
                deployer,
                Effect.EDGE,
                proxy.pool.region,
                "prepare " + proxy.machine,
                () -> requireReached(Effect.EDGE));
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        change(Effect.APPLY, target, () -> {
            Map<ServerName, State> wanted = new LinkedHashMap<>();
            target.origins().stream()
                    .filter(origin -> proxy.has(origin.server()))
                    .forEach(origin -> wanted.put(
                            origin.server(),
                            new State(
                                    origin.address(),
                                    origin.weight(),
                                    !origin.weight().serving() && drains(origin.server()))));
            return wanted;
        });
        deployer.knownProxies.told(proxy, world.proxies.restarted());
    }

    private boolean drains(ServerName server) {
        SimulatedOrigin origin = proxy.pool.origins.get(server);
        return origin != null && origin.draining;
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        change(Effect.DRAIN, servers, () -> {
            Map<ServerName, State> wanted = proxy.live();
            wanted.replaceAll((server, state) ->
                    servers.contains(server) ? new State(state.address(), Weight.NONE, true) : state);
            return wanted;
        });
    }

    private void change(Effect effect, Object what, Wanted wanted) throws InterruptedException {
        world.effect(
                deployer,
                effect,
                proxy,
                what,
                () -> {
                    requireReached(effect);
                    Map<ServerName, State> states = wanted.now();
                    world.invariants.mayApply(deployer, proxy, states.keySet());
                    proxy.write(states);
                    proxy.take(states);
                },
                () -> {
                    if (reached()) {
                        proxy.write(wanted.now());
                    }
                });
        deployer.idle();
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        world.effect(
                deployer,
                Effect.DRAIN,
                proxy,
                servers,
                () -> {
                    requireReached(Effect.DRAIN);
                    for (SimulatedOrigin origin : proxy.pool.at(proxy.machine)) {
                        if (servers.contains(origin.server) && !origin.serving()) {
                            world.invariants.mayDisconnect(origin);
                            origin.disconnect();
                        }
                    }
                },
                () -> {});
        deployer.idle();
        return true;
    }

    private void requireReached(Effect effect) {
        if (!reached()) {
            throw Trouble.unanswered(effect, proxy.pool.region + " " + proxy.machine);
        }
    }

    private boolean reached() {
        long now = world.scheduler.nanos();
        RegionName region = proxy.pool.region;
        return world.conditions.reachable(region, now) && !world.conditions.away(region, proxy.machine, now);
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:8080/");
    }

    @Override
    public void destroyAll() {
        proxy.take(Map.of());
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /** What a proxy is to do, worked out from what it does by then. */
    private interface Wanted {
        Map<ServerName, State> now();
    }
}
