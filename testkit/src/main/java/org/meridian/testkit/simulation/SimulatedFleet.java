package org.meridian.testkit.simulation;

import java.util.List;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.spi.FleetDriver;

/** The simulated provider. */
final class SimulatedFleet implements FleetDriver {
    private final SimulatedWorld world;
    private int addresses;

    SimulatedFleet(SimulatedWorld world) {
        this.world = world;
        this.addresses = world.servers.size();
    }

    @Override
    public String provider() {
        return "simulated";
    }

    @Override
    public List<Server> observe() throws InterruptedException {
        world.look();
        return world.servers.values().stream()
                .map(server -> server.seen(world.scheduler.now()))
                .toList();
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
        for (ServerName gone : surplus(region.name(), wanted)) {
            world.effect("destroy", gone.value(), () -> {
                world.invariants.mayDestroy(gone);
                world.servers.remove(gone);
            });
        }
        for (ServerSpec spec : wanted) {
            SimulatedServer there = world.servers.get(spec.name());
            if (there == null || there.dead(world.scheduler.now())) {
                create(region, spec);
            }
        }
    }

    private List<ServerName> surplus(RegionName region, List<ServerSpec> wanted) {
        return world.servers.values().stream()
                .filter(server -> server.region.equals(region))
                .map(server -> server.spec.name())
                .filter(name -> wanted.stream().noneMatch(spec -> spec.name().equals(name)))
                .toList();
    }

    private void create(Region region, ServerSpec spec) throws InterruptedException {
        world.effect("create", spec.name().value(), () -> {
            String address = "10.0.0." + ++addresses;
            world.born(new SimulatedServer(spec, region.name(), address, world.scheduler.now()));
        });
    }

    @Override
    public void destroyAll() {
        world.servers.clear();
    }
}
