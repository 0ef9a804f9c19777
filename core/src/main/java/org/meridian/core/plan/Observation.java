package org.meridian.core.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
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

/**
 * The world as it was found: the providers' servers and the traffic layer's pools.
 *
 * @param servers every server with the app's tags
 * @param pools   every pool of the app
 */
public record Observation(List<Server> servers, List<Pool> pools) {
    /** Copies the lists. */
    public Observation {
        servers = List.copyOf(servers);
        pools = List.copyOf(pools);
    }

    /** The servers of a region, by name. */
    public List<Server> servers(RegionName region) {
        return servers.stream()
                .filter(server -> server.region().equals(region))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    /** The servers of a region that were made for a release, by name. */
    public List<Server> fleet(RegionName region, ReleaseId release) {
        return servers(region).stream()
                .filter(server -> server.release().equals(release))
                .toList();
    }

    /** The server of that name, if there is one. */
    public Optional<Server> server(ServerName name) {
        return servers.stream().filter(server -> server.name().equals(name)).findFirst();
    }

    /** The pool of a region; an empty one where there is none. */
    public Pool pool(RegionName region) {
        requireNonNull(region, "region is null");
        return pools.stream()
                .filter(pool -> pool.region().equals(region))
                .findFirst()
                .orElse(new Pool(region, List.of()));
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
