package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

/**
 * A server as the traffic layer sees it.
 *
 * @param server   the server's name
 * @param address  host and port that the edge sends requests to, such as {@code 10.1.0.4:3000}
 * @param weight   its weight in the pool
 * @param draining whether it was taken out of traffic: it gets no new request, not even by affinity
 * @param health   the edge's own view
 * @param inFlight requests being answered by it now
 */
public record Origin(ServerName server, String address, Weight weight, boolean draining, Health health, int inFlight) {
    /** Checks that no part is null. */
    public Origin {
        requireNonNull(server, "server is null");
        requireNonNull(address, "address is null");
        requireNonNull(weight, "weight is null");
        requireNonNull(health, "health is null");
    }

    /** Whether new requests may reach it. */
    public boolean serving() {
        return weight.serving() && !draining;
    }

    /** What a health check says. */
    public enum Health {
        /** It answers as it should. */
        HEALTHY,
        /** It does not. */
        UNHEALTHY,
        /** Not known yet; counts as unhealthy wherever traffic is decided. */
        UNKNOWN
    }
}
