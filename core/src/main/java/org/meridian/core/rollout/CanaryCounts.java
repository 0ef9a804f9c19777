package org.meridian.core.rollout;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.meridian.core.canary.Sample;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.spi.MetricSource;

/** What a region's new and former origins answered since a moment. */
final class CanaryCounts {
    private final MetricSource metrics;
    private final RegionPlan region;
    private final Map<ServerName, OriginMetrics> before = new HashMap<>();
    private Map<ServerName, OriginMetrics> now = Map.of();

    /** Counts from now on. */
    CanaryCounts(MetricSource metrics, RegionPlan region) throws InterruptedException {
        this.metrics = metrics;
        this.region = region;
        before.putAll(read());
    }

    /** Reads the present counts; a source that does not answer leaves the former reading in place. */
    void look() throws InterruptedException {
        Map<ServerName, OriginMetrics> reading = read();
        if (!reading.isEmpty()) {
            now = reading;
        }
    }

    /** What the new release's origins answered between the beginning and the last look. */
    Sample fresh() {
        return sum(region::wants);
    }

    /** What the others answered meanwhile. */
    Sample former() {
        return sum(server -> !region.wants(server));
    }

    private Sample sum(Predicate<ServerName> which) {
        Sample sum = Sample.NONE;
        for (OriginMetrics origin : now.values()) {
            if (which.test(origin.server())) {
                sum = add(sum, since(origin));
            }
        }
        return sum;
    }

    /** The difference to the first reading; the count itself when the source started anew, or knew nothing then. */
    private Sample since(OriginMetrics origin) {
        OriginMetrics first = before.get(origin.server());
        if (first == null || first.requests() > origin.requests() || first.errors() > origin.errors()) {
            return new Sample(origin.requests(), Math.min(origin.errors(), origin.requests()), origin.latencies());
        }
        SortedMap<Duration, Long> latencies = new TreeMap<>();
        origin.latencies()
                .forEach((bound, count) -> latencies.put(
                        bound, Math.max(0, count - first.latencies().getOrDefault(bound, 0L))));
        long requests = origin.requests() - first.requests();
        return new Sample(requests, Math.min(origin.errors() - first.errors(), requests), latencies);
    }

    private static Sample add(Sample one, Sample other) {
        SortedMap<Duration, Long> latencies = new TreeMap<>(one.latencies());
        other.latencies().forEach((bound, count) -> latencies.merge(bound, count, Long::sum));
        return new Sample(one.requests() + other.requests(), one.errors() + other.errors(), latencies);
    }

    private Map<ServerName, OriginMetrics> read() throws InterruptedException {
        try {
            return byServer(metrics.read(region.name()));
        } catch (Failure e) {
            return Map.of();
        }
    }

    private static Map<ServerName, OriginMetrics> byServer(List<OriginMetrics> metrics) {
        Map<ServerName, OriginMetrics> map = new HashMap<>();
        metrics.forEach(origin -> map.put(origin.server(), origin));
        return map;
    }
}
