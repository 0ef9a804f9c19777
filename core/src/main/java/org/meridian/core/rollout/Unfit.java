package org.meridian.core.rollout;

import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.plan.RegionPlan;

/** Which servers a preparation that failed has made: those that were missing, and those that it never got into the pool. */
final class Unfit {
    private Unfit() {}

    static Set<ServerName> of(RegionPlan region, Pool pool) {
        return region.toPrepare().stream()
                .filter(spec -> region.toCreate().contains(spec)
                        || pool.origin(spec.name()).isEmpty()
                        || tookPlace(region, pool, spec))
                .map(ServerSpec::name)
                .collect(Collectors.toSet());
    }

    /** One that a dead server's place in the pool is still there for, and that users never came to. */
    private static boolean tookPlace(RegionPlan region, Pool pool, ServerSpec spec) {
        return region.before() > 0
                && pool.origin(spec.name()).filter(Origin::serving).isEmpty();
    }
}
