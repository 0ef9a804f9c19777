package org.meridian.web.world;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meridian.core.model.OriginMetrics;

/**
 * What was answered within a time.
 *
 * @param nanos     how long that time was
 * @param requests  answered requests, failed ones among them
 * @param errors    those that failed
 * @param latencies a cumulative histogram of them
 */
record Counts(long nanos, long requests, long errors, SortedMap<Duration, Long> latencies) {
    static final Counts NONE = new Counts(0, 0, 0, Collections.emptySortedMap());

    /** What was answered between two readings; the later one itself when the source began anew meanwhile. */
    static Counts between(OriginMetrics earlier, OriginMetrics later, long nanos) {
        if (later.requests() < earlier.requests() || later.errors() < earlier.errors()) {
            return new Counts(nanos, later.requests(), later.errors(), later.latencies());
        }
        SortedMap<Duration, Long> latencies = new TreeMap<>();
        later.latencies()
                .forEach((bound, count) -> latencies.put(
                        bound, Math.max(0, count - earlier.latencies().getOrDefault(bound, 0L))));
        return new Counts(nanos, later.requests() - earlier.requests(), later.errors() - earlier.errors(), latencies);
    }

    /** These and those, counted at the same time. */
    Counts and(Counts other) {
        return new Counts(
                Math.max(nanos, other.nanos),
                requests + other.requests,
                errors + other.errors,
                Latencies.sum(latencies, other.latencies));
    }

    TrafficView view(Optional<Integer> connections) {
        if (nanos == 0) {
            return new TrafficView(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    connections);
        }
        return new TrafficView(
                Optional.of(Rounded.tenth(requests * 1e9 / nanos)),
                requests == 0 ? Optional.empty() : Optional.of(Rounded.hundredth(100.0 * errors / requests)),
                percentile(0.50),
                percentile(0.95),
                percentile(0.99),
                connections);
    }

    Optional<Double> percentile(double share) {
        return Latencies.percentile(latencies, requests, share);
    }
}
