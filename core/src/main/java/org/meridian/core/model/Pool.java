package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A region as the traffic layer sees it.
 *
 * @param region  the region
 * @param origins its origins, in no particular order
 */
public record Pool(RegionName region, List<Origin> origins) {
    /** Copies the origins. */
    public Pool {
        requireNonNull(region, "region is null");
        origins = List.copyOf(origins);
    }

    /** The origin of that server, if the pool has it. */
    public Optional<Origin> origin(ServerName server) {
        return origins.stream().filter(origin -> origin.server().equals(server)).findFirst();
    }

    /** The origins by server, for looking up many. */
    public Map<ServerName, Origin> byServer() {
        Map<ServerName, Origin> map = new HashMap<>();
        origins.forEach(origin -> map.put(origin.server(), origin));
        return map;
    }
}
