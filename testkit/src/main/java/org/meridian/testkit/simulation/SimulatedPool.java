package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;

/** A region's origins at the simulated edge, whose view of health lags behind what is. */
final class SimulatedPool {
    /** In place of a machine's number. */
    static final int EVERYWHERE = 0;

    private static final int LOOKS = 60;

    final RegionName region;
    final Map<ServerName, SimulatedOrigin> origins = new LinkedHashMap<>();
    private final SimulatedWorld world;
    private @Nullable Pool seen;
    private long seenUntil;

    SimulatedPool(SimulatedWorld world, RegionName region) {
        this.world = world;
        this.region = region;
    }

    /** Something about the pool or its servers changed. */
    void changed() {
        seen = null;
    }

    /** The origins on one machine; on all of them for {@link #EVERYWHERE}. */
    List<SimulatedOrigin> at(int machine) {
        return origins.values().stream()
                .filter(origin -> machine == EVERYWHERE || origin.machine == machine)
                .toList();
    }

    /** What the edge shows; it is worked out again only when something can have changed. */
    Pool seen() {
        long now = world.scheduler.nanos();
        Pool known = seen;
        if (known == null || now >= seenUntil) {
            List<Origin> shown = new ArrayList<>(origins.size());
            long until = world.conditions.restless() ? now : SimulatedServer.NEVER;
            for (SimulatedOrigin origin : origins.values()) {
                shown.add(origin.seen(health(origin, now), origin.inFlight(now, world.longestRequest())));
                until = Math.min(until, nextChange(origin, now));
            }
            seenUntil = until;
            known = new Pool(region, shown);
            seen = known;
        }
        return known;
    }

    private long nextChange(SimulatedOrigin origin, long now) {
        long next = after(now, origin.leftTrafficAt + world.longestRequest(), SimulatedServer.NEVER);
        SimulatedServer server = world.servers.get(origin.server);
        long delay = world.conditions.edgeDelay();
        next = after(now, origin.joinedAt + delay, next);
        if (server != null) {
            next = after(now, server.healthyFrom() + delay, next);
            next = after(now, server.healthyUntil() + delay, next);
        }
        return next;
    }

    private static long after(long now, long candidate, long next) {
        return candidate > now && candidate < next ? candidate : next;
    }

    /** The edge's view of an origin. */
    Origin.Health health(SimulatedOrigin origin, long now) {
        long before = now - world.conditions.edgeDelay();
        if (before < origin.joinedAt) {
            return Origin.Health.UNKNOWN;
        }
        boolean good = healthy(origin, before) && !world.conditions.flapping(region, now);
        return good ? Origin.Health.HEALTHY : Origin.Health.UNHEALTHY;
    }

    /** Whether an origin really answers well. */
    boolean healthy(SimulatedOrigin origin, long at) {
        SimulatedServer server = world.servers.get(origin.server);
        return server != null && server.healthy(at) && world.conditions.reachable(region, at);
    }

    /** How many of its serving origins answer well, or looked as if they did at that time or a moment before. */
    int carrying(long at, long moment) {
        return carryingBut(Set.of(), at, moment);
    }

    /** The same without those on some machines. */
    int carryingBut(Set<Integer> machines, long at, long moment) {
        long now = world.scheduler.nanos();
        int carrying = 0;
        for (SimulatedOrigin origin : origins.values()) {
            if (!machines.contains(origin.machine)
                    && origin.serving()
                    && (healthy(origin, now) || looked(origin, at, moment))) {
                carrying++;
            }
        }
        return carrying;
    }

    /** Whether the edge showed an origin as healthy within a moment, be it for a blink. */
    private boolean looked(SimulatedOrigin origin, long at, long moment) {
        for (int i = 0; i <= LOOKS; i++) {
            if (health(origin, at - moment * i / LOOKS) == Origin.Health.HEALTHY) {
                return true;
            }
        }
        return false;
    }

    boolean serves() {
        for (SimulatedOrigin origin : origins.values()) {
            if (origin.serving()) {
                return true;
            }
        }
        return false;
    }

    /** The releases that take the region's traffic. */
    Set<ReleaseId> serving() {
        return serving(EVERYWHERE);
    }

    /** The releases that take a machine's traffic. */
    Set<ReleaseId> serving(int machine) {
        return servingBut(Set.of(), machine);
    }

    /** The same without what some machines send on. */
    Set<ReleaseId> servingBut(Set<Integer> machines, int machine) {
        Set<ReleaseId> releases = HashSet.newHashSet(2);
        for (SimulatedOrigin origin : origins.values()) {
            SimulatedServer server = world.servers.get(origin.server);
            boolean here = (machine == EVERYWHERE || origin.machine == machine) && !machines.contains(origin.machine);
            if (here && origin.serving() && server != null) {
                releases.add(server.spec.release());
            }
        }
        return releases;
    }

    /** The share of a machine's traffic, or of the region's, that a release has, 0 to 1. */
    double share(ReleaseId release, int machine) {
        double all = 0;
        double its = 0;
        for (SimulatedOrigin origin : origins.values()) {
            SimulatedServer server = world.servers.get(origin.server);
            boolean here = machine == EVERYWHERE || origin.machine == machine;
            if (here && origin.serving() && server != null) {
                all += origin.weight.percent();
                its += server.spec.release().equals(release) ? origin.weight.percent() : 0;
            }
        }
        return all == 0 ? 0 : its / all;
    }
}
