package org.meridian.drivers.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/** Reads back the pools that a configuration was rendered with, for an edge that does not run. */
final class WrittenConfig {
    private static final Pattern BACKEND = Pattern.compile("backend (?<pool>\\S+)(?: from \\S+)?");
    private static final Pattern SERVER =
            Pattern.compile(" {4}server (?<name>\\S+) (?<address>\\S+) weight (?<weight>\\d+) .*");

    private WrittenConfig() {}

    /**
     * The pools, every origin's health unknown; none from a configuration that has none of the app. Throws a Failure where
     * one was changed by hand into what can't be.
     */
    static List<Pool> pools(PoolNames names, String configuration, String map) {
        try {
            return read(names, configuration, map);
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                    Diagnostic.of(
                                    "edge-configuration",
                                    "the configuration of the edge, which does not run, is not as Meridian wrote it",
                                    "Put it right, or remove the edge; a deploy makes it again.")
                            .withDetail(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static List<Pool> read(PoolNames names, String configuration, String map) {
        Map<ServerName, Standing> standings = Standing.parse(map);
        Map<RegionName, List<Origin>> pools = new TreeMap<>();
        List<Origin> current = new ArrayList<>();
        for (String line : configuration.lines().toList()) {
            var backend = BACKEND.matcher(line);
            var server = SERVER.matcher(line);
            if (backend.matches()) {
                current = new ArrayList<>();
                if (names.isPool(backend.group("pool"))) {
                    pools.put(names.region(backend.group("pool")), current);
                }
            } else if (server.matches()) {
                current.add(origin(server.toMatchResult(), standings));
            }
        }
        return pools.entrySet().stream()
                .map(pool -> new Pool(pool.getKey(), pool.getValue()))
                .toList();
    }

    private static Origin origin(MatchResult line, Map<ServerName, Standing> standings) {
        var server = new ServerName(line.group("name"));
        return new Origin(
                server,
                line.group("address"),
                LiveServer.share(Integer.parseInt(line.group("weight"))),
                standings.get(server) == Standing.DRAINING,
                Origin.Health.UNKNOWN,
                0);
    }
}
