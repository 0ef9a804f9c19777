package org.meridian.testkit.simulation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.Origin;
import org.meridian.core.model.RegionName;

/** Users, who request pages all the time: where their requests go and how many fail. */
final class SimulatedUsers {
    private static final double PER_SECOND = 40;

    private final SimulatedWorld world;
    private final Map<RegionName, Count> counts = new HashMap<>();

    SimulatedUsers(SimulatedWorld world) {
        this.world = world;
    }

    /** Brings the counters of a region up to the present; to be called before its pool changes. */
    void count(SimulatedPool pool) {
        long now = world.scheduler.nanos();
        Count count = counts.computeIfAbsent(pool.region, region -> new Count(now));
        double requests = PER_SECOND * (now - count.until) / 1e9;
        count.until = now;
        if (requests == 0) {
            return;
        }
        Optional<SimulatedPool> taker = taker(pool);
        Fate fate = taker.isEmpty() ? Fate.REFUSED : taker.get() == pool ? Fate.HERE : Fate.FALLBACK;
        count.requests.merge(fate, requests, Double::sum);
        count.failed += taker.map(found -> serve(found, requests)).orElse(requests);
    }

    /** The pool that takes a region's requests: its own, or the primary's when it has no healthy origin. */
    private Optional<SimulatedPool> taker(SimulatedPool pool) {
        return usable(pool) > 0
                ? Optional.of(pool)
                : Optional.of(world.pool(world.app.primary())).filter(primary -> usable(primary) > 0);
    }

    private double usable(SimulatedPool pool) {
        double usable = 0;
        for (SimulatedOrigin origin : pool.origins.values()) {
            usable += usable(pool, origin) ? origin.weight.percent() : 0;
        }
        return usable;
    }

    private boolean usable(SimulatedPool pool, SimulatedOrigin origin) {
        return origin.serving() && pool.health(origin, world.scheduler.nanos()) == Origin.Health.HEALTHY;
    }

    /** Shares requests out over a pool; tells how many failed. */
    private double serve(SimulatedPool pool, double requests) {
        double usable = usable(pool);
        double failed = 0;
        for (SimulatedOrigin origin : pool.origins.values()) {
            if (usable(pool, origin)) {
                double its = requests * origin.weight.percent() / usable;
                double bad = its * failing(pool, origin);
                origin.requests += its;
                origin.errors += bad;
                origin.slow += slow(origin) ? its : 0;
                failed += bad;
            }
        }
        return failed;
    }

    private double failing(SimulatedPool pool, SimulatedOrigin origin) {
        SimulatedServer server = world.servers.get(origin.server);
        boolean answers = pool.healthy(origin, world.scheduler.nanos());
        return server == null || !answers ? 1 : server.flaw.errorPercent() / 100.0;
    }

    private boolean slow(SimulatedOrigin origin) {
        SimulatedServer server = world.servers.get(origin.server);
        return server != null && server.flaw.slow();
    }

    /** What a region's users got so far. */
    Count of(RegionName region) {
        return counts.computeIfAbsent(region, name -> new Count(world.scheduler.nanos()));
    }

    /** Where requests went. */
    enum Fate {
        /** To the region's own servers. */
        HERE,
        /** To the primary's. */
        FALLBACK,
        /** Nowhere. */
        REFUSED
    }

    /** What a region's users got so far. */
    static final class Count {
        final Map<Fate, Double> requests = new EnumMap<>(Fate.class);
        double failed;
        private long until;

        Count(long from) {
            until = from;
        }

        /** How many seconds of requests had that fate. */
        double seconds(Fate fate) {
            return requests.getOrDefault(fate, 0.0) / PER_SECOND;
        }
    }
}
