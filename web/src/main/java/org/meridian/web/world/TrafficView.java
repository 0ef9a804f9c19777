package org.meridian.web.world;

import java.util.Optional;
import org.meridian.core.metrics.Counts;

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
    static TrafficView of(Counts counts, Optional<Integer> connections) {
        return new TrafficView(
                counts.perSecond().map(Rounded::tenth),
                counts.errorPercent().map(Rounded::hundredth),
                counts.percentile(0.50).map(Rounded::tenth),
                counts.percentile(0.95).map(Rounded::tenth),
                counts.percentile(0.99).map(Rounded::tenth),
                connections);
    }

    /** Nothing is known. */
    static final TrafficView UNKNOWN = new TrafficView(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
