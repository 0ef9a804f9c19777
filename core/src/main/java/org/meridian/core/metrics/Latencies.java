package org.meridian.core.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Percentiles of a cumulative histogram. */
final class Latencies {
    private Latencies() {}

    /**
     * The latency in milliseconds that this share of the requests stayed below, taken as evenly spread within a bound's
     * interval; the last bound where it lies beyond. Empty without requests.
     *
     * @param share from 0 to 1
     * @param all   how many requests there were
     */
    static Optional<Double> percentile(SortedMap<Duration, Long> histogram, long all, double share) {
        if (all <= 0 || histogram.isEmpty()) {
            return Optional.empty();
        }
        double wanted = share * all;
        double below = 0;
        double from = 0;
        for (Map.Entry<Duration, Long> bound : histogram.entrySet()) {
            double to = bound.getKey().toNanos() / 1e6;
            long until = bound.getValue();
            if (until >= wanted && until > below) {
                return Optional.of(from + (to - from) * (wanted - below) / (until - below));
            }
            below = until;
            from = to;
        }
        return Optional.of(from);
    }

    /** One histogram and another together. */
    static SortedMap<Duration, Long> sum(SortedMap<Duration, Long> one, SortedMap<Duration, Long> other) {
        SortedMap<Duration, Long> sum = new TreeMap<>(one);
        other.forEach((bound, count) -> sum.merge(bound, count, Long::sum));
        return sum;
    }
}
