package org.meridian.web.world;

import java.util.Optional;

/**
 * What an origin or a region answers, over the last seconds.
 *
 * @param requestsPerSecond answered requests, failed ones among them; empty when nobody counts
 * @param errorPercent      those of a hundred that failed; empty without requests
 * @param p50               the median latency in milliseconds; empty when none is known
 * @param p95               the 95th percentile
 * @param p99               the 99th percentile
 * @param connections       requests in flight; empty for what is in no pool
 */
public record TrafficView(
        Optional<Double> requestsPerSecond,
        Optional<Double> errorPercent,
        Optional<Double> p50,
        Optional<Double> p95,
        Optional<Double> p99,
        Optional<Integer> connections) {
    /** Nothing is known. */
    static final TrafficView UNKNOWN = new TrafficView(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
