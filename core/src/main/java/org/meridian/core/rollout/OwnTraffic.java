package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.metrics.Counts;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.Time;

/** How many requests the app gets from its own users: those that the edge counts, without the probe's. */
final class OwnTraffic {
    /** Of a quiet app, less tells more of chance than of users. */
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final MetricSource source;
    private final List<RegionName> regions;
    private final IntSupplier probed;
    private final Time time;
    private final Map<ServerName, OriginMetrics> last = new HashMap<>();
    private final Deque<Reading> readings = new ArrayDeque<>();

    /**
     * The traffic of these regions together.
     *
     * @param probed how many requests of the probe were sent so far
     */
    OwnTraffic(MetricSource source, List<RegionName> regions, IntSupplier probed, Time time) {
        this.source = requireNonNull(source, "source is null");
        this.regions = List.copyOf(regions);
        this.probed = requireNonNull(probed, "probed is null");
        this.time = requireNonNull(time, "time is null");
    }

    /** Reads the present counts; what was known stays where they can't be had, since they may soon. */
    void look() throws InterruptedException {
        Map<ServerName, OriginMetrics> now = new HashMap<>();
        try {
            for (RegionName region : regions) {
                source.read(region).forEach(origin -> now.put(origin.server(), origin));
            }
        } catch (Failure e) {
            return;
        }
        if (!now.isEmpty()) {
            add(now, probed.getAsInt(), time.nanos());
        }
    }

    private synchronized void add(Map<ServerName, OriginMetrics> now, int sent, long nanos) {
        Reading before = readings.peekLast();
        long answered = before == null ? 0 : before.answered() + since(now);
        readings.add(new Reading(nanos, answered, sent));
        while (readings.size() > 2 && nanos - readings.getFirst().nanos() > WINDOW.toNanos()) {
            readings.removeFirst();
        }
        last.clear();
        last.putAll(now);
    }

    /** An origin that was not there before has been counted since it joined. */
    private long since(Map<ServerName, OriginMetrics> now) {
        return now.values().stream()
                .mapToLong(origin -> {
                    OriginMetrics earlier = last.get(origin.server());
                    return earlier == null
                            ? origin.requests()
                            : Counts.between(earlier, origin, 1).requests();
                })
                .sum();
    }

    /** Requests a second over all regions; empty while nobody has counted for a while. */
    synchronized Optional<Double> perSecond() {
        if (readings.size() < 2) {
            return Optional.empty();
        }
        Reading first = readings.getFirst();
        Reading latest = readings.getLast();
        long own = latest.answered() - first.answered() - (latest.probed() - first.probed());
        return Optional.of(Math.max(0, own) * 1e9 / (latest.nanos() - first.nanos()));
    }

    /** What was counted and probed until a moment. */
    private record Reading(long nanos, long answered, int probed) {}
}
