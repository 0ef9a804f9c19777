package org.meridian.core.rollout;

import java.util.Set;
import java.util.stream.Collectors;
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
                        || pool.origin(spec.name()).isEmpty())
                .map(ServerSpec::name)
                .collect(Collectors.toSet());
    }
}
