package org.meridian.core.metrics;

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
public record Counts(long nanos, long requests, long errors, SortedMap<Duration, Long> latencies) {
    /** Nobody counted. */
    public static final Counts NONE = new Counts(0, 0, 0, Collections.emptySortedMap());

    /** Copies the histogram. */
    public Counts {
        latencies = Collections.unmodifiableSortedMap(new TreeMap<>(latencies));
    }

    /** What was answered between two readings; the later one itself when the source began again meanwhile. */
    public static Counts between(OriginMetrics earlier, OriginMetrics later, long nanos) {
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
    public Counts and(Counts other) {
        return new Counts(
                Math.max(nanos, other.nanos),
                requests + other.requests,
                errors + other.errors,
                Latencies.sum(latencies, other.latencies));
    }

    /** Answered requests a second; empty where nobody counted. */
    public Optional<Double> perSecond() {
        return nanos == 0 ? Optional.empty() : Optional.of(requests * 1e9 / nanos);
    }

    /** Those of a hundred requests that failed; empty without requests. */
    public Optional<Double> errorPercent() {
        return requests == 0 ? Optional.empty() : Optional.of(100.0 * errors / requests);
    }

    /** The latency in milliseconds that this share, from 0 to 1, stayed below; empty without requests. */
    public Optional<Double> percentile(double share) {
        return Latencies.percentile(latencies, requests, share);
    }
}
