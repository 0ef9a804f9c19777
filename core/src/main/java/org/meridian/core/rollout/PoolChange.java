package org.meridian.core.rollout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

/** Works out what a pool should be from what it is. */
final class PoolChange {
    private PoolChange() {}

    /** The pool with these origins joined, out of traffic where they are new. */
    static PoolTarget join(Pool pool, Collection<OriginTarget> joining) {
        List<OriginTarget> origins = new ArrayList<>();
        Set<ServerName> names = new TreeSet<>();
        joining.forEach(origin -> names.add(origin.server()));
        for (Origin origin : pool.origins()) {
            if (!names.contains(origin.server())) {
                origins.add(asIs(origin));
            }
        }
        for (OriginTarget origin : joining) {
            // One that is there keeps its weight: joining again must not take it out of traffic.
            Weight weight = pool.origin(origin.server())
                    .filter(Origin::serving)
                    .map(Origin::weight)
                    .orElse(Weight.NONE);
            origins.add(new OriginTarget(origin.server(), origin.address(), weight));
        }
        return new PoolTarget(pool.region(), origins);
    }

    /** The pool with no traffic on these servers, and as much as before on the others. */
    static PoolTarget lower(Pool pool, Set<ServerName> servers) {
        return new PoolTarget(
                pool.region(),
                pool.origins().stream()
                        .map(origin -> servers.contains(origin.server())
                                ? new OriginTarget(origin.server(), origin.address(), Weight.NONE)
                                : asIs(origin))
                        .toList());
    }

    /** The pool with a full share of the traffic on these servers, and as much as before on the others. */
    static PoolTarget raise(Pool pool, Set<ServerName> servers) {
        return new PoolTarget(
                pool.region(),
                pool.origins().stream()
                        .map(origin -> servers.contains(origin.server())
                                ? new OriginTarget(origin.server(), origin.address(), Weight.FULL)
                                : asIs(origin))
                        .toList());
    }

    /** The pool with all traffic on these servers and none on the others. */
    static PoolTarget moveTo(Pool pool, Set<ServerName> servers) {
        return new PoolTarget(
                pool.region(),
                pool.origins().stream()
                        .map(origin -> new OriginTarget(
                                origin.server(),
                                origin.address(),
                                servers.contains(origin.server()) ? Weight.FULL : Weight.NONE))
                        .toList());
    }

    /** The pool with {@code share} percent of its requests on these servers and the rest on those that serve besides. */
    static PoolTarget share(Pool pool, Set<ServerName> servers, int share) {
        long fresh = pool.origins().stream()
                .filter(origin -> servers.contains(origin.server()))
                .count();
        long former = pool.origins().stream()
                .filter(origin -> origin.serving() && !servers.contains(origin.server()))
                .count();
        double ratio = (double) share * former / ((100.0 - share) * fresh);
        Weight freshWeight = weight(Math.min(1, ratio));
        Weight formerWeight = weight(Math.min(1, 1 / ratio));
        return new PoolTarget(
                pool.region(),
                pool.origins().stream()
                        .map(origin -> servers.contains(origin.server())
                                ? new OriginTarget(origin.server(), origin.address(), freshWeight)
                                : new OriginTarget(
                                        origin.server(),
                                        origin.address(),
                                        origin.serving() ? formerWeight : Weight.NONE))
                        .toList());
    }

    /** How many percent of the pool's requests these servers get. */
    static int shareOf(Pool pool, Set<ServerName> servers) {
        int all = pool.origins().stream()
                .filter(Origin::serving)
                .mapToInt(origin -> origin.weight().percent())
                .sum();
        int theirs = pool.origins().stream()
                .filter(origin -> origin.serving() && servers.contains(origin.server()))
                .mapToInt(origin -> origin.weight().percent())
                .sum();
        return all == 0 ? 0 : Math.round(100f * theirs / all);
    }

    private static Weight weight(double part) {
        return new Weight(Math.max(1, (int) Math.round(100 * part)));
    }

    /** The pool without these servers. */
    static PoolTarget without(Pool pool, Set<ServerName> leaving) {
        return new PoolTarget(
                pool.region(),
                pool.origins().stream()
                        .filter(origin -> !leaving.contains(origin.server()))
                        .map(PoolChange::asIs)
                        .toList());
    }

    private static OriginTarget asIs(Origin origin) {
        return new OriginTarget(origin.server(), origin.address(), origin.draining() ? Weight.NONE : origin.weight());
    }
}
