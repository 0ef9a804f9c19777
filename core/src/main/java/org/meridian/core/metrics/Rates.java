package org.meridian.core.metrics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.Time;

/** What origins answer a second, from the differences of counts over the last seconds. */
public final class Rates {
    /** Long enough for a percentile of a quiet region, short enough to see what happens. */
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final MetricSource source;
    private final Time time;
    private final Map<ServerName, Deque<Reading>> readings = new ConcurrentHashMap<>();
    private final Map<RegionName, List<OriginMetrics>> last = new ConcurrentHashMap<>();

    /** Reads from this source, by this clock. */
    public Rates(MetricSource source, Time time) {
        this.source = requireNonNull(source, "source is null");
        this.time = requireNonNull(time, "time is null");
    }

    /** Reads a region's counts; where nobody counts there are none. */
    public void look(RegionName region) throws InterruptedException {
        try {
            List<OriginMetrics> metrics = source.read(region);
            long now = time.agingNanos();
            last.put(region, metrics);
            metrics.forEach(origin -> readings.computeIfAbsent(origin.server(), name -> new ArrayDeque<>())
                    .add(new Reading(now, origin)));
        } catch (Failure e) {
            last.remove(region);
        }
    }

    /** Forgets servers that are gone, and what is older than the window. */
    public void tidy(Set<ServerName> servers) {
        readings.keySet().retainAll(servers);
        long since = time.agingNanos() - WINDOW.toNanos();
        readings.values().forEach(deque -> {
            while (deque.size() > 2 && requireNonNull(deque.peek()).nanos < since) {
                deque.remove();
            }
        });
    }

    /** What a server answered over the window; nothing until there are two readings. */
    public Counts of(ServerName server) {
        @Nullable Deque<Reading> deque = readings.get(server);
        if (deque == null || deque.size() < 2) {
            return Counts.NONE;
        }
        Reading first = deque.getFirst();
        Reading latest = deque.getLast();
        return Counts.between(first.metrics, latest.metrics, latest.nanos - first.nanos);
    }

    /** The present counts themselves, by region. */
    public Map<RegionName, List<OriginMetrics>> counts() {
        return Map.copyOf(last);
    }

    /** The present counts of a server. */
    Optional<OriginMetrics> counts(ServerName server) {
        return Optional.ofNullable(readings.get(server)).map(deque -> deque.getLast().metrics);
    }

    /** The servers of which something is known. */
    Set<ServerName> servers() {
        return readings.keySet().stream().collect(Collectors.toUnmodifiableSet());
    }

    private record Reading(long nanos, OriginMetrics metrics) {}
}
