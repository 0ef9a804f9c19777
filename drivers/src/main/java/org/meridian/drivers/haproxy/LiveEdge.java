package org.meridian.drivers.haproxy;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/**
 * What the running HAProxy is doing for an app.
 *
 * @param names       how what the app has there is named
 * @param fingerprint which configuration of the app it runs, apart from its servers; empty for none
 * @param regions     the regions that it has a pool for
 * @param servers     every server of every pool
 * @param standings   of the servers that have had traffic
 */
record LiveEdge(
        PoolNames names,
        String fingerprint,
        List<RegionName> regions,
        List<LiveServer> servers,
        Map<ServerName, Standing> standings) {
    LiveEdge {
        regions = List.copyOf(regions);
        servers = List.copyOf(servers);
        standings = Map.copyOf(standings);
    }

    /** What the answer to {@code show stat} and a map's lines say; throws a Failure where they can't be understood. */
    static LiveEdge read(PoolNames names, String statistics, String map) {
        return RuntimeApi.understood("show stat", () -> {
            List<StatRow> rows = StatRow.parse(statistics);
            return new LiveEdge(
                    names,
                    rows.stream()
                            .map(row -> row.get("pxname"))
                            .filter(names::isFingerprint)
                            .findFirst()
                            .orElse(""),
                    rows.stream()
                            .filter(row -> row.isPool(names))
                            .map(row -> names.region(row.get("pxname")))
                            .distinct()
                            .toList(),
                    rows.stream()
                            .filter(row -> row.isOrigin(names))
                            .map(LiveServer::of)
                            .toList(),
                    Standing.parse(map));
        });
    }

    /** A HAProxy that has nothing of the app. */
    static LiveEdge without(PoolNames names) {
        return new LiveEdge(names, "", List.of(), List.of(), Map.of());
    }

    /** Every pool, without the servers on their way out. */
    List<Pool> pools() {
        Map<String, List<LiveServer>> byPool = servers.stream().collect(groupingBy(LiveServer::pool));
        return regions.stream()
                .map(region -> pool(region, byPool.getOrDefault(names.pool(region), List.of())))
                .toList();
    }

    /** The pool of a region; throws a Failure when there is none. */
    Pool pool(RegionName region) {
        return pool(region, servers(region));
    }

    private Pool pool(RegionName region, List<LiveServer> those) {
        return new Pool(
                region,
                those.stream()
                        .filter(server -> !server.leaving())
                        .map(server -> server.origin(standings.get(server.name()) == Standing.DRAINING))
                        .toList());
    }

    /** The servers of a region's pool; throws a Failure when there is none. */
    List<LiveServer> servers(RegionName region) {
        if (!regions.contains(region)) {
            throw noPool(region);
        }
        String pool = names.pool(region);
        return servers.stream().filter(server -> server.pool().equals(pool)).toList();
    }

    /** HAProxy's state of all servers, with the names that the app's have from now on. */
    String stateAs(PoolNames wanted, String state) {
        return names.equals(wanted) ? state : state.replaceAll("(?m)^(\\d+) pool-", "$1 " + wanted.of("pool-"));
    }

    static Failure noPool(RegionName region) {
        return Failure.of(Diagnostic.of(
                "no-pool", "the edge has no pool for the region " + region, "Deploy the app, which makes it."));
    }

    /** Every pool, with this one in place of the one of its region. */
    List<Pool> with(Pool changed) {
        List<Pool> all = new ArrayList<>(pools());
        all.replaceAll(pool -> pool.region().equals(changed.region()) ? changed : pool);
        return all;
    }
}
