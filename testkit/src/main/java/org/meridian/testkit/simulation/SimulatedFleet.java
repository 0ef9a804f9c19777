package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreMark;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.FleetView.Unseen;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Ownership;

/** The simulated provider, as one deployer sees it. */
final class SimulatedFleet implements FleetDriver {
    private final SimulatedWorld world;
    private final Deployer deployer;
    private final String provider;
    private final Ownership ownership;

    SimulatedFleet(SimulatedWorld world, Deployer deployer, String provider, Ownership ownership) {
        this.world = world;
        this.deployer = deployer;
        this.provider = provider;
        this.ownership = ownership;
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public FleetView observe() throws InterruptedException {
        world.look(deployer, Effect.SERVERS, provider);
        long now = world.scheduler.nanos();
        List<Server> seen = new ArrayList<>(world.servers.size());
        for (SimulatedServer server : world.servers.values()) {
            boolean hidden = world.conditions.outOfReach(server.region, server.spec.name());
            if (world.provider(server.region).equals(provider) && !hidden) {
                seen.add(server.seen(now));
            }
        }
        return new FleetView(seen, unseen());
    }

    private List<Unseen> unseen() {
        return world.conditions.outOfReach().entrySet().stream()
                .filter(part -> world.provider(part.getKey()).equals(provider))
                .map(part -> new Unseen(
                        part.getKey(),
                        Diagnostic.of(
                                HostDriver.UNREACHABLE, "no SSH connection to machine " + part.getValue(), "See.")))
                .toList();
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
        List<Diagnostic> hidden = unseen().stream()
                .filter(part -> part.region().equals(region.name()))
                .map(Unseen::why)
                .toList();
        if (!hidden.isEmpty()) {
            throw Failure.of(hidden);
        }
        long now = world.scheduler.nanos();
        ownership.requireFree(
                wanted,
                world.servers.values().stream().map(server -> server.seen(now)).toList());
        deployer.inAct(true);
        try {
            makeAndRemove(region, wanted);
        } finally {
            deployer.inAct(false);
        }
        deployer.idle();
    }

    private void makeAndRemove(Region region, List<ServerSpec> wanted) throws InterruptedException {
        for (ServerName gone : surplus(region.name(), wanted)) {
            world.effect(deployer, Effect.DESTROY, region.name(), gone, () -> {
                world.invariants.mayDestroy(gone);
                world.destroy(gone);
            });
        }
        Optional<StoreMark> mark = ownership.mark();
        for (ServerSpec spec : wanted) {
            SimulatedServer there = world.servers.get(spec.name());
            if (there == null || there.dead(world.scheduler.nanos())) {
                world.effect(
                        deployer,
                        Effect.CREATE,
                        region.name(),
                        spec.name(),
                        () -> world.create(spec, region.name(), mark, deployer.key));
            }
        }
    }

    /** Each server has a machine to itself, which bears its name. */
    @Override
    public void discard(Region region, MachineName machine) throws InterruptedException {
        ServerName server = new ServerName(machine.value());
        if (world.servers.containsKey(server)) {
            world.effect(deployer, Effect.DISCARD, region.name(), server, () -> {
                world.invariants.mayDestroy(server);
                world.destroy(server);
            });
        }
        deployer.idle();
    }

    private List<ServerName> surplus(RegionName region, List<ServerSpec> wanted) {
        Set<ServerName> names = wanted.stream().map(ServerSpec::name).collect(Collectors.toSet());
        return world.servers.values().stream()
                .filter(server -> server.region.equals(region) && ownership.owns(server.store))
                .map(server -> server.spec.name())
                .filter(name -> !names.contains(name))
                .toList();
    }

    @Override
    public OptionalInt startsAtOnce() {
        return world.startsAtOnce;
    }

    @Override
    public void destroyAll() {
        world.servers.clear();
    }
}
