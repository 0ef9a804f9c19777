package org.meridian.core.placement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.MachineProvider;
import org.meridian.core.spi.MachineProvider.Found;
import org.meridian.core.spi.Ownership;

/** Servers that bring a machine each, which comes and goes with them; machines that stay are left alone. */
public final class AloneOnMachines implements FleetDriver {
    private final MachineProvider machines;
    private final Ownership ownership;

    /** Servers on machines of this provider, of which only those that are this state's own are changed. */
    public AloneOnMachines(MachineProvider machines, Ownership ownership) {
        this.machines = requireNonNull(machines, "machines is null");
        this.ownership = requireNonNull(ownership, "ownership is null");
    }

    @Override
    public String provider() {
        return machines.provider();
    }

    @Override
    public FleetView observe() throws InterruptedException {
        return servers(machines.observe());
    }

    @Override
    public FleetView observe(RegionName region) throws InterruptedException {
        return servers(machines.observe(region));
    }

    /** The servers that have these machines to themselves. */
    static FleetView servers(List<Found> found) {
        return FleetView.whole(
                found.stream().flatMap(machine -> machine.server().stream()).toList());
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
        machines.converge(region, besideStaying(region, wanted));
    }

    @Override
    public Optional<Preview> preview(Region region, List<ServerSpec> wanted) throws InterruptedException {
        return machines.preview(region, besideStaying(region, wanted));
    }

    private List<MachineSpec> besideStaying(Region region, List<ServerSpec> wanted) throws InterruptedException {
        Stream<MachineSpec> staying = machines.observe(region.name()).stream()
                .filter(found -> found.server().isEmpty() && ownership.owns(found.store()))
                .map(Found::spec);
        return Stream.concat(staying, wanted.stream().map(MachineSpec::alone)).toList();
    }

    @Override
    public void discard(Region region, MachineName machine) throws InterruptedException {
        List<Found> own = machines.observe(region.name()).stream()
                .filter(found -> ownership.owns(found.store()))
                .toList();
        List<MachineSpec> others = own.stream()
                .map(Found::spec)
                .filter(spec -> !spec.name().equals(machine))
                .toList();
        if (others.size() < own.size()) {
            machines.converge(region, others);
        }
    }

    @Override
    public OptionalInt startsAtOnce() {
        return machines.startsAtOnce();
    }

    @Override
    public List<String> staying() throws InterruptedException {
        return machines.staying();
    }

    @Override
    public void destroyAll() throws InterruptedException {
        machines.destroyAll();
    }
}
