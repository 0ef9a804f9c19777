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
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;

/** The world as it was found: the providers' servers and the traffic layer's pools. */
public final class Observation {
    private final List<Server> servers;
    private final List<Pool> pools;
    private final Map<ServerName, Server> byName = new HashMap<>();
    private final Map<RegionName, List<Server>> byRegion = new HashMap<>();
    private final Map<RegionName, Pool> poolOf = new HashMap<>();

    /**
     * What was found.
     *
     * @param servers every server with the app's tags
     * @param pools   every pool of the app
     */
    public Observation(Collection<Server> servers, Collection<Pool> pools) {
        this.servers = List.copyOf(servers);
        this.pools = List.copyOf(pools);
        this.servers.stream().sorted(Comparator.comparing(Server::name)).forEach(server -> {
            byName.put(server.name(), server);
            byRegion.computeIfAbsent(server.region(), region -> new ArrayList<>())
                    .add(server);
        });
        this.pools.forEach(pool -> poolOf.put(pool.region(), pool));
    }

    /** Every server with the app's tags. */
    public List<Server> servers() {
        return servers;
    }

    /** Every pool of the app. */
    public List<Pool> pools() {
        return pools;
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

    /** The releases that take traffic anywhere, oldest first. */
    public Set<ReleaseId> serving() {
        return pools.stream()
                .flatMap(pool -> serving(pool.region()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
