package org.meridian.core.rollout;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.meridian.core.canary.Sample;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.RegionPlan;

/** What a region's new and former origins answered since a moment. */
final class CanaryCounts {
    private final World world;
    private final RegionPlan region;
    private Optional<Map<ServerName, OriginMetrics>> before = Optional.empty();
    private Map<ServerName, OriginMetrics> now = Map.of();
    private Stopwatch silence;
    private int unanswered;

    /** Counts from the first look on that is answered. */
    CanaryCounts(World world, RegionPlan region) {
        this.world = world;
        this.region = region;
        this.silence = Stopwatch.start(world.time());
    }

    /**
     * Reads the present counts; tells whether the source answered. Throws a Failure when it has not for as long as a step
     * asks again: what is not known is not nothing.
     */
    boolean look() throws InterruptedException {
        try {
            now = byServer(world.metrics().read(region.name()));
        } catch (Failure e) {
            unanswered++;
            boolean over = silence.elapsed().compareTo(Patience.Direction.FORWARD.atMost()) >= 0;
            if (over && unanswered > 1) {
                throw silent(e);
            }
            return false;
        }
        if (before.isEmpty()) {
            before = Optional.of(now);
        }
        silence = Stopwatch.start(world.time());
        unanswered = 0;
        return true;
    }

    /** Throws a Failure when the source counts none of the new release's servers: it may look for them elsewhere. */
    void requireFreshCounted() {
        if (now.keySet().stream().noneMatch(region::wants)) {
            throw Failure.of(Diagnostic.of(
                    "canary-not-counted",
                    region.name() + ": the metrics source has no counts of any server of the new release",
                    "See that the queries under 'metrics' find its servers, or that the traffic driver counts requests;"
                            + " then deploy again."));
        }
    }

    private Failure silent(Failure why) {
        return Failure.of(
                Diagnostic.of(
                                "canary-not-counted",
                                region.name() + ": the counts that the new release is judged by can't be had for "
                                        + silence.elapsed().toSeconds() + " s: "
                                        + why.diagnostic().summary(),
                                why.diagnostic().suggestion())
                        .withDetail(why.diagnostic().detail()),
                why);
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

    /** The difference to the first reading; the count itself when the source started again, or knew nothing then. */
    private Sample since(OriginMetrics origin) {
        OriginMetrics first = before.orElse(Map.of()).get(origin.server());
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

    private static Map<ServerName, OriginMetrics> byServer(List<OriginMetrics> metrics) {
        Map<ServerName, OriginMetrics> map = new HashMap<>();
        metrics.forEach(origin -> map.put(origin.server(), origin));
        return map;
    }
}
