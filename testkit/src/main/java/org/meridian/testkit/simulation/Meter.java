package org.meridian.testkit.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.App;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Region;

/**
 * Counts what users get while a simulated world goes on: as many from each region as it has servers, all the time.
 *
 * <p>A request fails when no origin is left, when it meets one that does not answer or answers badly, and when more
 * arrive at a pool than its origins can bear. An edge that tries another server would save some of them.
 */
final class Meter {
    private static final long SLICE = 100_000_000L;

    private final SimulatedWorld world;
    private final Map<Region, List<SimulatedPool>> orders = new LinkedHashMap<>();
    private final double bearable;
    private final int servers;
    private long until;
    private double failed;
    private double sent;

    /** Counts from now on; {@code load} is how busy servers are when all is well, as a share of what they can bear. */
    Meter(SimulatedWorld world, double load) {
        this.world = world;
        App app = world.app;
        this.servers = app.regions().stream().mapToInt(Region::servers).sum();
        this.bearable = 1 / (load * servers);
        this.until = world.scheduler.nanos();
        for (Region region : app.regions()) {
            orders.put(
                    region,
                    Steering.of(app, region).stream()
                            .map(other -> world.pool(other.name()))
                            .toList());
        }
    }

    /** Counts up to the present; to be called before anything changes that does not change by itself. */
    void count() {
        long now = world.scheduler.nanos();
        while (until < now) {
            long slice = Math.min(SLICE, now - until);
            sent += slice / 1e9;
            failed += failing(until) * slice / 1e9;
            until += slice;
        }
    }

    /** For how many seconds all users together would have been refused, had their failed requests come in a row. */
    double failed() {
        return failed;
    }

    /** For how many seconds it has counted. */
    double sent() {
        return sent;
    }

    /** The share of all requests that fail at a time, 0 to 1. */
    double failing(long at) {
        if (world.conditions.edgeIsDown(at)) {
            return 1;
        }
        Map<SimulatedPool, Double> loads = new LinkedHashMap<>();
        double failing = 0;
        for (Map.Entry<Region, List<SimulatedPool>> order : orders.entrySet()) {
            double share = (double) order.getKey().servers() / servers;
            Optional<SimulatedPool> taker =
                    order.getValue().stream().filter(pool -> usable(pool, at)).findFirst();
            if (taker.isPresent()) {
                loads.merge(taker.get(), share, Double::sum);
            } else {
                failing += share;
            }
        }
        for (Map.Entry<SimulatedPool, Double> load : loads.entrySet()) {
            failing += load.getValue() * failing(load.getKey(), load.getValue(), at);
        }
        return failing;
    }

    private boolean usable(SimulatedPool pool, long at) {
        return pool.origins.values().stream().anyMatch(origin -> usable(pool, origin, at));
    }

    private static boolean usable(SimulatedPool pool, SimulatedOrigin origin, long at) {
        return origin.serving() && pool.health(origin, at) == Origin.Health.HEALTHY;
    }

    /** The share of a pool's requests that fail when it gets that share of all. */
    private double failing(SimulatedPool pool, double load, long at) {
        int usable = 0;
        double weights = 0;
        double bad = 0;
        for (SimulatedOrigin origin : pool.origins.values()) {
            if (usable(pool, origin, at)) {
                usable++;
                weights += origin.weight.percent();
                bad += origin.weight.percent() * failing(pool, origin, at);
            }
        }
        double borne = Math.min(1, usable * bearable / load);
        return 1 - borne * (1 - bad / weights);
    }

    private double failing(SimulatedPool pool, SimulatedOrigin origin, long at) {
        SimulatedServer server = world.servers.get(origin.server);
        return server == null || !pool.healthy(origin, at) ? 1 : server.flaw.errorPercent() / 100.0;
    }
}
