package org.meridian.drivers.haproxy;

import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/** How HAProxy's backends are named after regions. */
final class PoolName {
    /** The server in each pool that stands for the other pools; no origin has this name. */
    static final String ELSEWHERE = "elsewhere";

    private static final String PREFIX = "pool-";

    private PoolName() {}

    static String of(RegionName region) {
        return PREFIX + region;
    }

    /** An origin as the Runtime API names it. */
    static String of(RegionName region, ServerName server) {
        return of(region) + "/" + server;
    }

    /** Whether a backend is a pool, not one of those that lie behind the pools. */
    static boolean names(String backend) {
        return backend.startsWith(PREFIX);
    }

    /** The region of a pool; throws IllegalArgumentException when it is not named after one. */
    static RegionName region(String pool) {
        if (!names(pool)) {
            throw new IllegalArgumentException("'" + pool + "' is no pool of Meridian's");
        }
        return new RegionName(pool.substring(PREFIX.length()));
    }
}
