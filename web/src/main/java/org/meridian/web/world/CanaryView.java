package org.meridian.web.world;

import java.time.Instant;
import java.util.Optional;
import org.meridian.core.metrics.Counts;

/**
 * What a region's new and former release answer beside each other.
 *
 * @param at      when it was read
 * @param region  where
 * @param share   the new release's share of the region's traffic in percent
 * @param verdict what the judge said: {@code good}, {@code bad}, {@code undecided}; empty where only the deployer knows
 * @param fresh   the new release
 * @param former  the former one
 */
public record CanaryView(Instant at, String region, int share, Optional<String> verdict, Side fresh, Side former) {
    /**
     * One of the two, over the last seconds.
     *
     * @param requests          answered, failed ones among them
     * @param errors            those that failed
     * @param requestsPerSecond answered a second
     * @param p95               in milliseconds; empty when it is not known
     */
    public record Side(long requests, long errors, double requestsPerSecond, Optional<Double> p95) {
        static Side of(Counts counts) {
            double perSecond = counts.perSecond().map(Rounded::tenth).orElse(0.0);
            return new Side(
                    counts.requests(),
                    counts.errors(),
                    perSecond,
                    counts.percentile(0.95).map(Rounded::tenth));
        }
    }
}
