package org.meridian.core.spi;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/**
 * Decides which servers get users' requests: pools, origins, weights, drain, fallback.
 *
 * <p>Every call is safe to repeat, has a time limit of its own, and throws
 * {@link org.meridian.core.diagnostic.Failure} when the traffic layer does not do what was asked.
 * A call that nobody answered (its time limit, a connection lost) throws one of kind NO_ANSWER, and is tried again.
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
     * Takes origins out of traffic: from now they get no new user and no new request, not even by affinity, while
     * requests in flight finish. A traffic layer that lets sessions end first may go on sending their requests; then the
     * origin counts as having something in flight until that is over. The origins stay in the pool; {@link #observe()}
     * tells what is in flight, and their health where the traffic layer goes on checking it.
     */
    void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException;

    /**
     * Closes the connections that are still open to these origins, such as web sockets and event streams that outlived the
     * drain. An origin that takes traffic is left alone. Returns whether they are closed: a traffic layer that has no means to
     * close connections does nothing, and they end with the origin.
     */
    boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException;

    /** How long the traffic layer may take at most to find an origin healthy that joined and answers as it should. */
    default Duration healthWithin() {
        return Duration.ofSeconds(20);
    }

    /** The public address. */
    URI address();

    /**
     * What {@link #prepare} and the machines' coming and going would change outside the team's machines, such as records at a DNS provider,
     * a sentence each; throws a Failure where that can't be done.
     */
    default List<String> pending() throws InterruptedException {
        return List.of();
    }

    /** What stays at the traffic layer when no server is left, in a few words; {@link #destroyAll} removes it. */
    default List<String> staying() throws InterruptedException {
        return observe().isEmpty() ? List.of() : List.of("the edge");
    }

    /** Destroys everything that was made for the app at the traffic layer. */
    void destroyAll() throws InterruptedException;

    @Override
    void close();
}
