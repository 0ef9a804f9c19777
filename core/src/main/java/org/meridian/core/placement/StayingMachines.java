package org.meridian.core.placement;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meridian.core.model.AppName;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.spi.MachineProvider;
import org.meridian.core.spi.MachineProvider.Found;
import org.meridian.core.spi.Ownership;

/**
 * The machines of a provider that outlive releases: as many as a region has servers of one release. Those that a release brought
 * are left alone.
 */
public final class StayingMachines {
    private final AppName app;
    private final MachineProvider provider;
    private final Ownership ownership;

    /** Those of this app, of which only those that are this state's own are changed. */
    public StayingMachines(AppName app, MachineProvider provider, Ownership ownership) {
        this.app = requireNonNull(app, "app is null");
        this.provider = requireNonNull(provider, "provider is null");
        this.ownership = requireNonNull(ownership, "ownership is null");
    }

    /** Those in a region, by number. */
    public List<Found> in(RegionName region) throws InterruptedException {
        return staying(provider.observe(region));
    }

    /** Makes as many as are wanted, and starts those that do not run; returns once that has begun. */
    public void grow(Region region, int wanted) throws InterruptedException {
        List<Found> own = own(region);
        List<Found> there = staying(own);
        if (there.size() >= wanted && there.stream().allMatch(one -> one.state() == Server.State.RUNNING)) {
            return;
        }
        Set<MachineName> names =
                new HashSet<>(there.stream().map(one -> one.spec().name()).toList());
        List<MachineSpec> all = new ArrayList<>(own.stream().map(Found::spec).toList());
        IntStream.iterate(1, n -> n + 1)
                .mapToObj(n -> name(region.name(), n))
                .filter(name -> !names.contains(name))
                .limit(Math.max(0, wanted - there.size()))
                .map(MachineSpec::staying)
                .forEach(all::add);
        provider.converge(region, all);
    }

    /** Destroys those that are more than are wanted, the last ones first, but none of the occupied ones. */
    public void shrink(Region region, int wanted, Set<MachineName> occupied) throws InterruptedException {
        List<Found> own = own(region);
        List<Found> there = staying(own);
        List<MachineSpec> surplus = there.reversed().stream()
                .map(Found::spec)
                .filter(spec -> !occupied.contains(spec.name()))
                .limit(Math.max(0, there.size() - wanted))
                .toList();
        if (!surplus.isEmpty()) {
            Stream<MachineSpec> left = own.stream().map(Found::spec).filter(spec -> !surplus.contains(spec));
            provider.converge(region, left.toList());
        }
    }

    private List<Found> own(Region region) throws InterruptedException {
        return provider.observe(region.name()).stream()
                .filter(machine -> ownership.owns(machine.store()))
                .toList();
    }

    private static List<Found> staying(List<Found> found) {
        return found.stream()
                .filter(machine -> machine.server().isEmpty())
                .sorted(Comparator.comparingInt(machine -> number(machine.spec().name())))
                .toList();
    }

    private MachineName name(RegionName region, int number) {
        return new MachineName(app + "-" + region + "-m" + number);
    }

    /** The counter at the end of a name that was made here. */
    private static int number(MachineName name) {
        String value = name.value();
        return Integer.parseInt(value.substring(value.lastIndexOf("-m") + 2));
    }
}
