package org.meridian.core.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.FleetView.Unseen;
import org.meridian.core.spi.HostDriver;

/** The world as it was found: the providers' servers and the traffic layer's pools. */
public final class Observation {
    private final FleetView fleet;
    private final List<Pool> pools;
    private final Map<ServerName, Server> byName = new HashMap<>();
    private final Map<RegionName, List<Server>> byRegion = new HashMap<>();
    private final Map<RegionName, Pool> poolOf = new HashMap<>();

    /** What was found where everything was within reach. */
    public Observation(Collection<Server> servers, Collection<Pool> pools) {
        this(FleetView.whole(List.copyOf(servers)), pools);
    }

    /**
     * What was found.
     *
     * @param fleet what there is at the providers, and what could not be looked at
     * @param pools every pool of the app
     */
    public Observation(FleetView fleet, Collection<Pool> pools) {
        this.fleet = requireNonNull(fleet, "fleet is null");
        this.pools = List.copyOf(pools);
        fleet.servers().stream().sorted(Comparator.comparing(Server::name)).forEach(server -> {
            byName.put(server.name(), server);
            byRegion.computeIfAbsent(server.region(), region -> new ArrayList<>())
                    .add(server);
        });
        this.pools.forEach(pool -> poolOf.put(pool.region(), pool));
    }

    /** Every server with the app's tags. */
    public List<Server> servers() {
        return fleet.servers();
    }

    /** Every pool of the app. */
    public List<Pool> pools() {
        return pools;
    }

    /** What could not be looked at. */
    public List<Unseen> unseen() {
        return fleet.unseen();
    }

    /** Whether all of a region was within reach. */
    public boolean sees(RegionName region) {
        return unseen().stream().noneMatch(part -> part.region().equals(region));
    }

    /** Throws a Failure with everything that is out of reach in these regions; what runs there must be known to act. */
    public void requireSeen(Collection<RegionName> regions) {
        List<Diagnostic> problems = unseen().stream()
                .filter(part -> regions.contains(part.region()))
                .map(Unseen::problem)
                .toList();
        if (problems.stream().anyMatch(problem -> HostDriver.FOR_GOOD.contains(problem.code()))) {
            throw Failure.of(problems);
        }
        if (!problems.isEmpty()) {
            throw Failure.noAnswer(problems);
        }
    }

    /** The servers of a region, by name. */
    public List<Server> servers(RegionName region) {
        return Collections.unmodifiableList(byRegion.getOrDefault(region, List.of()));
    }

    /** The servers of a region that were made for a release, by name. */
    public List<Server> fleet(RegionName region, ReleaseId release) {
        return servers(region).stream()
                .filter(server -> server.release().equals(release))
                .toList();
    }

    /** The server of that name, if there is one. */
    public Optional<Server> server(ServerName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The pool of a region; an empty one where there is none. */
    public Pool pool(RegionName region) {
        Pool found = poolOf.get(requireNonNull(region, "region is null"));
        return found == null ? new Pool(region, List.of()) : found;
    }

    /** The releases that take a region's traffic now, oldest first; more than one only in the midst of a shift. */
    public Set<ReleaseId> serving(RegionName region) {
        return pool(region).origins().stream()
                .filter(Origin::serving)
                .flatMap(origin -> server(origin.server()).stream())
                .map(Server::release)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The highest number of a release's servers that take a region's traffic; 0 when none does. */
    public int serving(RegionName region, ReleaseId release) {
        return pool(region).origins().stream()
                .filter(Origin::serving)
                .filter(origin -> server(origin.server())
                        .filter(server -> server.release().equals(release))
                        .isPresent())
                .mapToInt(origin -> origin.server().number())
                .max()
                .orElse(0);
    }

    /** The releases that take traffic anywhere, oldest first. */
    public Set<ReleaseId> serving() {
        return pools.stream()
                .flatMap(pool -> serving(pool.region()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
