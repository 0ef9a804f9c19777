package org.meridian.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.model.Origin;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;

/** What must always hold; a violation is an AssertionError with everything that happened before it. */
public final class Invariants {
    private final SimulatedWorld world;
    private Optional<ReleaseId> accepted = Optional.empty();
    private final Map<RegionName, Boolean> hadReaders = new HashMap<>();

    Invariants(SimulatedWorld world) {
        this.world = world;
    }

    /** The release that readers are on between rollouts; going back to it needs no gate. */
    public void accept(Optional<ReleaseId> release) {
        accepted = release;
    }

    /** I5, and I3 as far as the deployer can break it; after every effect. */
    void check(String effect) {
        for (Region region : world.app.regions()) {
            Set<ReleaseId> serving = world.servingReleases(region.name());
            require(serving.size() <= 1, "I5: " + region.name() + " serves " + serving + " after " + effect);
            if (hadReaders.getOrDefault(region.name(), false)) {
                require(
                        !serving.isEmpty() || primaryServes() || accepted.isEmpty(),
                        "I3: " + region.name() + " has no origin and no fallback after " + effect);
            }
            hadReaders.put(region.name(), !serving.isEmpty());
        }
    }

    private boolean primaryServes() {
        return !world.servingReleases(world.app.primary()).isEmpty();
    }

    /** I1 and I2, before a pool changes. */
    void mayApply(PoolTarget target) {
        mayLeave(target);
        mayMovePrimary(target);
    }

    /** I2: an origin that leaves its pool has no traffic and nothing in flight. */
    private void mayLeave(PoolTarget target) {
        Set<ServerName> staying =
                target.origins().stream().map(OriginTarget::server).collect(Collectors.toSet());
        world.pools.getOrDefault(target.region(), Map.of()).keySet().stream()
                .filter(server -> !staying.contains(server))
                .forEach(this::mayDestroy);
    }

    /** I1: before the primary's traffic moves to another release, every other region serves it and is healthy. */
    private void mayMovePrimary(PoolTarget target) {
        if (!target.region().equals(world.app.primary())) {
            return;
        }
        for (OriginTarget origin : target.origins()) {
            SimulatedServer server = world.servers.get(origin.server());
            if (server == null || !origin.weight().serving()) {
                continue;
            }
            ReleaseId release = server.spec.release();
            boolean moves = !world.servingReleases(target.region()).contains(release);
            if (moves && !accepted.equals(Optional.of(release))) {
                requireOthersServe(release);
            }
        }
    }

    private void requireOthersServe(ReleaseId release) {
        for (Region region : world.app.regions()) {
            if (region.name().equals(world.app.primary())) {
                continue;
            }
            require(
                    world.servingReleases(region.name()).equals(Set.of(release)),
                    "I1: the primary moves to " + release + " while " + region.name() + " serves "
                            + world.servingReleases(region.name()));
            boolean healthy = world.pools.getOrDefault(region.name(), Map.of()).values().stream()
                    .filter(SimulatedOrigin::serving)
                    .allMatch(origin -> world.edgeHealth(origin) != Origin.Health.UNHEALTHY);
            require(healthy, "I1: the primary moves to " + release + " while " + region.name() + " is unhealthy");
        }
    }

    /** I2: a server with traffic, or with requests in flight before its drain time is over, is never destroyed. */
    void mayDestroy(ServerName name) {
        SimulatedServer server = world.servers.get(name);
        if (server == null || server.dead(world.scheduler.now())) {
            return;
        }
        SimulatedOrigin origin =
                world.pools.getOrDefault(server.region, Map.of()).get(name);
        if (origin != null) {
            require(!origin.serving(), "I2: " + name + " takes traffic and goes");
            require(
                    origin.inFlight(world.scheduler.now(), world.longestRequest()) == 0,
                    "I2: " + name + " has requests in flight and goes");
        }
    }

    /** I4: after a rollout, every server belongs to the serving release or to the one that is kept. */
    public void requireNoOrphans(ReleaseId current, Optional<ReleaseId> kept) {
        for (SimulatedServer server : world.servers.values()) {
            ReleaseId release = server.spec.release();
            require(
                    release.equals(current) || kept.equals(Optional.of(release)),
                    "I4: " + server.spec.name() + " belongs neither to " + current + " nor to the kept " + kept);
        }
    }

    private void require(boolean holds, String violation) {
        if (!holds) {
            throw new AssertionError(violation + "\n" + world.history());
        }
    }
}
