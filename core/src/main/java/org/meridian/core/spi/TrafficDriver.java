package org.meridian.core.spi;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/**
 * Decides which servers get readers' requests: pools, origins, weights, drain, fallback.
 *
 * <p>Every call is safe to repeat, has a time limit of its own, and throws
 * {@link org.meridian.core.diagnostic.Failure} when the traffic layer does not do what was asked.
 */
public interface TrafficDriver extends AutoCloseable {
    /** Every pool there is, with the edge's own view of health and load; empty when there is no edge yet. */
    List<Pool> observe() throws InterruptedException;

    /** The pool of one region, empty where there is none; cheaper than all of them where the traffic layer allows. */
    default Pool observe(RegionName region) throws InterruptedException {
        return observe().stream()
                .filter(pool -> pool.region().equals(region))
                .findFirst()
                .orElseGet(() -> new Pool(region, List.of()));
    }

    /**
     * Makes the traffic layer exist with a pool for each region of the app, steering and fallback as configured.
     *
     * <p>Pools that are there keep their origins and weights. Pools of regions that left the configuration go once
     * they have no origin.
     */
    void prepare() throws InterruptedException;

    /**
     * Makes a pool consist of exactly these origins with these weights, without cutting a request in flight.
     *
     * <p>An origin that joins at weight 0 is health-checked and gets no request. Raising an origin's weight above 0
     * ends its drain. Lowering to 0 is not a drain.
     */
    void apply(PoolTarget target) throws InterruptedException;

    /**
     * Takes origins out of traffic: from now they get no new request, not even by affinity, while requests in flight
     * finish. The origins stay in the pool and are health-checked; {@link #observe()} tells what is in flight.
     */
    void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException;

    /** The public address that readers use. */
    URI address();

    /** Destroys everything that was made for the app at the traffic layer. */
    void destroyAll() throws InterruptedException;

    @Override
    void close();
}
