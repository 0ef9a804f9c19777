package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a pool should be: exactly these origins with these weights.
 *
 * @param region  the pool's region
 * @param origins the origins wanted; one that is not listed leaves the pool
 */
public record PoolTarget(RegionName region, List<OriginTarget> origins) {
    /** Copies the origins. */
    public PoolTarget {
        requireNonNull(region, "region is null");
        origins = List.copyOf(origins);
    }

    /**
     * What an origin should be.
     *
     * @param server  the server's name
     * @param address host and port, such as {@code 10.1.0.4:3000}
     * @param weight  its weight; above 0 it takes traffic (and a drain ends), at 0 it is only health-checked
     */
    public record OriginTarget(ServerName server, String address, Weight weight) {
        /** Checks that no part is null. */
        public OriginTarget {
            requireNonNull(server, "server is null");
            requireNonNull(address, "address is null");
            requireNonNull(weight, "weight is null");
        }
    }
}
