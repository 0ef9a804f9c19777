package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.Time;
import tools.jackson.databind.JsonNode;

/**
 * What the pools are, asked for as seldom as does no harm: rollouts look several times a second, and Cloudflare takes
 * 1,200 requests in five minutes. What we change ourselves is seen at once.
 */
final class PoolViews {
    private static final Duration POOLS_FRESH = Duration.ofSeconds(1);
    private static final Duration HEALTH_FRESH = Duration.ofSeconds(2);
    private static final Duration EACH_POOL = Duration.ofMillis(500);

    private final Inventory inventory;
    private final CloudflareNames names;
    private final Duration drain;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RegionName, Aged<PoolHealth>> healths = new HashMap<>();
    private @Nullable Aged<List<CloudflarePool>> pools;

    /** Looks at the pools that have these names; {@code drain} is how long what is disabled may be answering. */
    PoolViews(Inventory inventory, CloudflareNames names, Duration drain, Time time) {
        this.inventory = requireNonNull(inventory, "inventory is null");
        this.names = requireNonNull(names, "names is null");
        this.drain = requireNonNull(drain, "drain is null");
        this.time = requireNonNull(time, "time is null");
    }

    /** Every pool of ours. */
    List<Pool> seen() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Aged<List<CloudflarePool>> all = pools();
            List<Pool> seen = new ArrayList<>();
            for (CloudflarePool pool : all.value()) {
                seen.add(seen(pool, all));
            }
            return seen;
        } finally {
            lock.unlock();
        }
    }

    /** The pool of one region. */
    Optional<Pool> seen(RegionName region) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Aged<List<CloudflarePool>> all = pools();
            Optional<CloudflarePool> pool = find(all, region);
            return pool.isEmpty() ? Optional.empty() : Optional.of(seen(pool.get(), all));
        } finally {
            lock.unlock();
        }
    }

    /** The pool of a region as it is this moment, to change it; empty where there is none. */
    Optional<CloudflarePool> read(RegionName region) throws InterruptedException {
        Optional<CloudflarePool> known = known(region);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Optional<Reply> reply = inventory.find(Kind.POOL, known.get().id());
        return reply.filter(found -> names.region(found.result()).equals(Optional.of(region)))
                .map(found -> CloudflarePool.of(found.result(), region, found.at()));
    }

    /** What the checks of a pool found lately. */
    PoolHealth health(CloudflarePool pool) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return health(pool, 1);
        } finally {
            lock.unlock();
        }
    }

    /** Says that a pool was changed, or may have been. */
    void changed(RegionName region) {
        lock.lock();
        try {
            pools = null;
            healths.remove(region);
        } finally {
            lock.unlock();
        }
    }

    /** Says that anything may have changed. */
    void changed() {
        lock.lock();
        try {
            pools = null;
            healths.clear();
        } finally {
            lock.unlock();
        }
    }

    private Optional<CloudflarePool> known(RegionName region) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return find(pools(), region);
        } finally {
            lock.unlock();
        }
    }

    private Pool seen(CloudflarePool pool, Aged<List<CloudflarePool>> all) throws InterruptedException {
        boolean checked = pool.origins().stream().anyMatch(CloudflareOrigin::enabled);
        PoolHealth health = checked ? health(pool, all.value().size()) : PoolHealth.none();
        return pool.seen(health, drain);
    }

    private Aged<List<CloudflarePool>> pools() throws InterruptedException {
        Aged<List<CloudflarePool>> known = pools;
        if (known == null || age(known).compareTo(POOLS_FRESH) > 0) {
            Listing listing = inventory.all(Kind.POOL);
            List<CloudflarePool> ours = new ArrayList<>();
            for (JsonNode pool : listing.items()) {
                names.region(pool).ifPresent(region -> ours.add(CloudflarePool.of(pool, region, listing.at())));
            }
            known = new Aged<>(ours, time.agingNanos());
            pools = known;
        }
        return known;
    }

    private PoolHealth health(CloudflarePool pool, int ofPools) throws InterruptedException {
        Aged<PoolHealth> known = healths.get(pool.region());
        Duration fresh = EACH_POOL.multipliedBy(ofPools).compareTo(HEALTH_FRESH) > 0
                ? EACH_POOL.multipliedBy(ofPools)
                : HEALTH_FRESH;
        if (known == null || age(known).compareTo(fresh) > 0) {
            known = new Aged<>(inventory.health(pool.id()), time.agingNanos());
            healths.put(pool.region(), known);
        }
        return known.value();
    }

    private Duration age(Aged<?> known) {
        return Duration.ofNanos(time.agingNanos() - known.since());
    }

    private static Optional<CloudflarePool> find(Aged<List<CloudflarePool>> pools, RegionName region) {
        return pools.value().stream()
                .filter(pool -> pool.region().equals(region))
                .findFirst();
    }

    private record Aged<T>(T value, long since) {}
}
