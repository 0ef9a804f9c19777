package org.meridian.drivers.hosts;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreMark;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.FleetView.Unseen;
import org.meridian.core.spi.Ownership;
import org.meridian.core.spi.Tasks;

/**
 * Servers on machines that outlive them. To make one is to take a place on a machine: a directory, a systemd unit and a
 * port, none of which another release has; to destroy it is to give them back.
 */
public final class PlacedFleet implements FleetDriver {
    private final String provider;
    private final Supplier<Map<RegionName, Site>> sites;
    private final Slots slots;
    private final Tasks tasks;
    private final Ownership ownership;

    /**
     * The servers of an app.
     *
     * @param provider the provider of the machines
     * @param app    the app
     * @param sites  tells the machines of each region that has this provider, as far as that is known by then
     * @param access gets to them
     * @param tasks  works on several at the same time
     * @param ownership tells what may be changed
     */
    public PlacedFleet(
            String provider,
            AppName app,
            Supplier<Map<RegionName, Site>> sites,
            MachineAccess access,
            Tasks tasks,
            Ownership ownership) {
        this(provider, sites, new Slots(SlotCommands.usual(app), access), tasks, ownership);
    }

    PlacedFleet(String provider, Supplier<Map<RegionName, Site>> sites, Slots slots, Tasks tasks, Ownership ownership) {
        this.provider = requireNonNull(provider, "provider is null");
        this.sites = requireNonNull(sites, "sites is null");
        this.slots = requireNonNull(slots, "slots is null");
        this.tasks = requireNonNull(tasks, "tasks is null");
        this.ownership = requireNonNull(ownership, "ownership is null");
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public FleetView observe() throws InterruptedException {
        return seen(look(allMachines()));
    }

    @Override
    public FleetView observe(RegionName region) throws InterruptedException {
        Site site = sites.get().get(region);
        Collection<Machine> machines =
                site == null ? allMachines() : site.source().machines();
        return seen(look(machines)).in(region);
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) throws InterruptedException {
        Site site = site(region);
        if (!wanted.isEmpty()) {
            site.source().grow(region.servers());
        }
        List<Machine> machines = site.source().machines();
        requireKnown(site, machines);
        List<Slot> there = present(machines).stream()
                .filter(slot -> slot.region().equals(region.name()))
                .toList();
        ownership.requireFree(wanted, plain(there));
        List<Slot> present =
                there.stream().filter(slot -> ownership.owns(slot.store())).toList();
        List<Slot> kept =
                present.stream().filter(slot -> wanted.contains(slot.spec())).toList();
        tasks.forEach(present.stream().filter(slot -> !kept.contains(slot)).toList(), slots::remove);
        tasks.forEach(kept.stream().filter(Slot::stopped).toList(), slots::start);
        Optional<StoreMark> mark = ownership.mark();
        Map<ServerSpec, Machine> seats = new Seating(machines, kept).seat(wanted);
        tasks.forEach(seats.entrySet(), seat -> slots.claim(seat.getValue(), region.name(), seat.getKey(), site, mark));
        site.source().shrink(machines(region, wanted), occupied(there, kept, seats.values()));
    }

    /** Machines wait for the next release unless that brings its own. */
    private static int machines(Region region, List<ServerSpec> wanted) {
        return region.machinesStay() || !wanted.isEmpty() ? region.servers() : 0;
    }

    /** Machines with a server of this app, this state's own or another's. */
    private Set<Machine> occupied(List<Slot> there, List<Slot> kept, Collection<Machine> seats) {
        Set<Machine> occupied = new LinkedHashSet<>(seats);
        kept.forEach(slot -> occupied.add(slot.machine()));
        there.stream().filter(slot -> !ownership.owns(slot.store())).forEach(slot -> occupied.add(slot.machine()));
        return occupied;
    }

    @Override
    public void destroyAll() throws InterruptedException {
        List<Slot> present = present(allMachines());
        ownership.requireOwn(plain(present));
        tasks.forEach(present, slots::remove);
    }

    private static List<Server> plain(List<Slot> slots) {
        return slots.stream().map(slot -> slot.toServer("", "")).toList();
    }

    /** What is wanted was worked out without what runs there: it would be destroyed if it were back by now. */
    private void requireKnown(Site site, List<Machine> machines) throws InterruptedException {
        List<Diagnostic> unknown = Stream.concat(
                        site.source().outOfReach().stream(),
                        machines.stream().flatMap(machine -> slots.unknown(machine).stream()))
                .toList();
        if (!unknown.isEmpty()) {
            throw Failure.noAnswer(unknown);
        }
    }

    private Map<Machine, MachineView> look(Collection<Machine> machines) throws InterruptedException {
        Map<Machine, MachineView> looks = new ConcurrentHashMap<>();
        tasks.forEach(machines, machine -> looks.put(machine, slots.observe(machine)));
        return looks;
    }

    private FleetView seen(Map<Machine, MachineView> looks) throws InterruptedException {
        Map<ServerName, Server> servers = new TreeMap<>();
        looks.values().forEach(look -> look.servers().forEach(server -> servers.putIfAbsent(server.name(), server)));
        List<Unseen> unseen = new ArrayList<>();
        for (Map.Entry<RegionName, Site> site : new TreeMap<>(sites.get()).entrySet()) {
            for (Machine machine : site.getValue().source().machines()) {
                Optional.ofNullable(looks.get(machine))
                        .flatMap(MachineView::problem)
                        .ifPresent(why -> unseen.add(new Unseen(site.getKey(), why)));
            }
            site.getValue().source().outOfReach().forEach(why -> unseen.add(new Unseen(site.getKey(), why)));
        }
        return new FleetView(List.copyOf(servers.values()), unseen);
    }

    private List<Slot> present(Collection<Machine> machines) throws InterruptedException {
        Map<ServerName, Slot> found = new ConcurrentSkipListMap<>();
        tasks.forEach(machines, machine -> slots.list(machine).forEach(slot -> found.putIfAbsent(slot.name(), slot)));
        return List.copyOf(found.values());
    }

    private Set<Machine> allMachines() throws InterruptedException {
        Set<Machine> machines = new LinkedHashSet<>();
        for (Site site : sites.get().values()) {
            machines.addAll(site.source().machines());
        }
        return machines;
    }

    private Site site(Region region) {
        Site site = sites.get().get(region.name());
        if (site == null) {
            throw Failure.usage(Diagnostic.of(
                    "region-without-hosts",
                    "it is not known any more which machines region " + region.name() + " has",
                    "Put the region with its 'hosts' back into meridian.yml, then run the command again."));
        }
        return site;
    }
}
