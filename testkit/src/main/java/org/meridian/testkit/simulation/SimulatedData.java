package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.meridian.core.model.Kept;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/**
 * The services that keep data, on machines that stay: the n-th server of each release in a region is on the same machine.
 * Servers die and go; a machine does not.
 *
 * <p>One that a release takes for its own is in the release's Compose project, and goes with it. That, and whatever else
 * happens to one without a command of a person that names it, is a violation (I12).
 */
final class SimulatedData {
    private final SimulatedWorld world;
    private final Map<Place, Service> services = new TreeMap<>();
    private Map<Place, Service> seen = Map.of();
    private int starts;

    SimulatedData(SimulatedWorld world) {
        this.world = world;
    }

    /** Starts what is not on the server's machine. */
    void keep(SimulatedServer server, Kept kept) {
        for (String name : kept.services().keySet()) {
            Place place = place(server, name);
            if (!services.containsKey(place)) {
                services.put(place, new Service(++starts, Optional.empty()));
                world.tally.add("kept services started");
            }
        }
    }

    /** A release starts: what it does not know as kept is a part of it. */
    void start(SimulatedServer server) {
        for (String name : world.app.compose().kept().services().keySet()) {
            if (!server.outliving.services().containsKey(name)) {
                Service own = new Service(++starts, Optional.of(server.spec.name()));
                Service ignored = services.putIfAbsent(place(server, name), own);
            }
        }
        requireFound(server);
    }

    /** What runs on a server finds there what it was made to find. */
    void requireFound(SimulatedServer server) {
        for (String name : world.app.compose().kept().services().keySet()) {
            require(services.containsKey(place(server, name)), server.spec.name() + " does not find " + name);
        }
    }

    /** A server goes, with all that is a part of its release. */
    void goWith(SimulatedServer server) {
        boolean ignored = services.values()
                .removeIf(service ->
                        service.partOf().filter(server.spec.name()::equals).isPresent());
    }

    /** The names of the services on a region's n-th machine. */
    Set<String> on(RegionName region, int machine) {
        return services.keySet().stream()
                .filter(place -> place.region().equals(region) && place.machine() == machine)
                .map(Place::service)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A person has one started again, or made again with the same data. */
    void startAgain(RegionName region, int machine, String service) {
        services.put(new Place(region, machine, service), new Service(++starts, Optional.empty()));
        world.tally.add("kept services started again by name");
    }

    /** A person has one removed with its data. */
    void remove(RegionName region, int machine, String service) {
        Service ignored = services.remove(new Place(region, machine, service));
        world.tally.add("kept services removed by name");
    }

    /** After each effect: what was there is there, and was not started again, unless the deployer's command names it. */
    void requireKept(Deployer by) {
        if (services.isEmpty() && seen.isEmpty()) {
            return;
        }
        for (Map.Entry<Place, Service> known : seen.entrySet()) {
            Place place = known.getKey();
            boolean same = known.getValue().equals(services.get(place));
            require(
                    same || by.worksOn.contains(place.service()),
                    by + (services.containsKey(place) ? " started again " : " removed ") + place);
        }
        seen = Map.copyOf(services);
    }

    private static Place place(SimulatedServer server, String service) {
        return new Place(server.region, server.spec.name().number(), service);
    }

    private void require(boolean holds, String what) {
        world.invariants.require(holds, "I12", () -> what);
    }

    /** A service on a machine, which is counted from 1 in its region. */
    private record Place(RegionName region, int machine, String service) implements Comparable<Place> {
        Place {
            requireNonNull(region, "region is null");
            requireNonNull(service, "service is null");
        }

        @Override
        public int compareTo(Place other) {
            return toString().compareTo(other.toString());
        }
    }

    /**
     * One that runs.
     *
     * @param start  which of all starts it was
     * @param partOf the server of whose release it is a part
     */
    private record Service(int start, Optional<ServerName> partOf) {
        Service {
            requireNonNull(partOf, "partOf is null");
        }
    }
}
