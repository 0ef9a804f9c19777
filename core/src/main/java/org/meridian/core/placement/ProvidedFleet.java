package org.meridian.core.placement;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.MachineProvider;
import org.meridian.core.spi.Ownership;

/**
 * The servers on a provider's machines, whatever their region's strategy was when they were made: a server stays where it is, and a
 * new one goes where the strategy says. So a strategy may change between two deploys, and back.
 */
public final class ProvidedFleet implements FleetDriver {
    private final MachineProvider machines;
    private final AloneOnMachines alone;
    private final FleetDriver beside;
    private final Consumer<MachineProvider.Found> seen;

    /**
     * The servers on these machines.
     *
     * @param beside   those on the provider's machines that stay
     * @param seen     is told of each machine that is there, before {@code beside} is asked: of a region that left the configuration
     *                 nothing else tells
     */
    public ProvidedFleet(
            MachineProvider machines, Ownership ownership, FleetDriver beside, Consumer<MachineProvider.Found> seen) {
        this.machines = requireNonNull(machines, "machines is null");
        this.alone = new AloneOnMachines(machines, ownership);
        this.beside = requireNonNull(beside, "beside is null");
        this.seen = requireNonNull(seen, "seen is null");
    }

    @Override
    public String provider() {
        return machines.provider();
    }

    @Override
    public FleetView observe() throws InterruptedException {
        List<MachineProvider.Found> found = machines.observe();
        FleetView servers = AloneOnMachines.servers(found);
        return anyStays(found) ? servers.and(beside.observe()) : servers;
    }

    @Override
    public FleetView observe(RegionName region) throws InterruptedException {
        List<MachineProvider.Found> found = machines.observe(region);
        FleetView servers = AloneOnMachines.servers(found);
        return anyStays(found) ? servers.and(beside.observe(region)) : servers;
    }

    private boolean anyStays(List<MachineProvider.Found> found) {
        found.forEach(seen);
        return found.stream().anyMatch(machine -> machine.server().isEmpty());
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
        List<MachineProvider.Found> found = machines.observe(region.name());
        Set<ServerSpec> withMachines = specs(AloneOnMachines.servers(found));
        Set<ServerSpec> besideOthers = anyStays(found) ? specs(seen(region)) : Set.of();
        Set<ServerSpec> staysAlone = new HashSet<>(wanted);
        staysAlone.removeIf(spec -> region.machinesStay() ? !withMachines.contains(spec) : besideOthers.contains(spec));
        List<ServerSpec> toBeAlone =
                wanted.stream().filter(staysAlone::contains).toList();
        List<ServerSpec> toBeBeside =
                wanted.stream().filter(spec -> !staysAlone.contains(spec)).toList();
        if (!toBeAlone.isEmpty() || !withMachines.isEmpty() || !region.machinesStay()) {
            alone.converge(region, toBeAlone);
        }
        if (!toBeBeside.isEmpty() || anyStays(found)) {
            beside.converge(region, toBeBeside);
        }
    }

    /** A server that can't be seen now would be made a second time elsewhere. */
    private FleetView seen(Region region) throws InterruptedException {
        FleetView view = beside.observe(region.name());
        if (!region.machinesStay() && !view.unseen().isEmpty()) {
            throw Failure.noAnswer(
                    view.unseen().stream().map(FleetView.Unseen::problem).toList());
        }
        return view;
    }

    private static Set<ServerSpec> specs(FleetView view) {
        return Set.copyOf(view.servers().stream().map(ServerSpec::of).toList());
    }

    /** Whatever is on it. */
    @Override
    public void discard(Region region, MachineName machine) throws InterruptedException {
        alone.discard(region, machine);
    }

    /** On machines that stay, what changes is no matter of the provider's tool. */
    @Override
    public Optional<Preview> preview(Region region, List<ServerSpec> wanted) throws InterruptedException {
        return region.machinesStay() ? Optional.empty() : alone.preview(region, wanted);
    }

    @Override
    public OptionalInt startsAtOnce() {
        return machines.startsAtOnce();
    }

    @Override
    public List<String> staying() throws InterruptedException {
        List<String> names = machines.observe().stream()
                .filter(machine -> machine.server().isEmpty())
                .map(machine -> "the machine " + machine.label())
                .toList();
        return Stream.concat(names.stream(), machines.staying().stream()).toList();
    }

    /** What is on a machine goes with it. */
    @Override
    public void destroyAll() throws InterruptedException {
        machines.destroyAll();
    }
}
