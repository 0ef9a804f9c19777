package org.meridian.core.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.meridian.core.model.Machine;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreMark;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.MachineProvider;

/** Machines in memory, and the servers beside each other on those that stay. */
final class FakeMachines implements MachineProvider {
    private final Map<MachineName, Found> machines = new TreeMap<>(Comparator.comparing(MachineName::value));
    private final List<Server> besides = new ArrayList<>();
    private List<FleetView.Unseen> unseen = List.of();
    private Optional<StoreMark> mark = Optional.empty();
    private int changes;

    @Override
    public String provider() {
        return "local";
    }

    @Override
    public List<Found> observe() {
        return List.copyOf(machines.values());
    }

    @Override
    public void converge(Region region, List<MachineSpec> wanted) {
        changes++;
        machines.values().removeIf(found -> found.region().equals(region.name()) && !wanted.contains(found.spec()));
        wanted.forEach(spec -> machines.put(spec.name(), found(region.name(), spec, Server.State.RUNNING)));
    }

    @Override
    public void destroyAll() {
        machines.clear();
    }

    private Found found(RegionName region, MachineSpec spec, Server.State state) {
        return new Found(
                spec, region, Machine.made(spec.name(), Optional.of("10.0.0.1"), Optional.of("key")), state, mark);
    }

    void markedAs(StoreMark other) {
        mark = Optional.of(other);
    }

    void stop(String name) {
        machines.computeIfPresent(
                new MachineName(name), (key, found) -> found(found.region(), found.spec(), Server.State.STOPPED));
    }

    void hide(FleetView.Unseen part) {
        unseen = List.of(part);
        besides.clear();
    }

    List<String> names() {
        return machines.keySet().stream().map(MachineName::value).toList();
    }

    int changes() {
        return changes;
    }

    /** Servers on machines that stay, as many machines as the region has servers. */
    FleetDriver besides(StayingMachines staying) {
        return new FleetDriver() {
            @Override
            public String provider() {
                return "local";
            }

            @Override
            public FleetView observe() {
                return new FleetView(besides, unseen);
            }

            @Override
            public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
                if (!wanted.isEmpty()) {
                    staying.grow(region, region.servers());
                }
                besides.removeIf(server -> server.region().equals(region.name()));
                wanted.forEach(spec -> besides.add(new Server(
                        spec.name(),
                        region.name(),
                        spec.release(),
                        spec.revision(),
                        Optional.of("10.0.0.1"),
                        Optional.of("key"),
                        Server.State.RUNNING)));
                staying.shrink(region, wanted.isEmpty() ? 0 : region.servers(), java.util.Set.of());
            }

            @Override
            public void destroyAll() {
                throw new AssertionError("what is on a machine goes with it");
            }
        };
    }
}
