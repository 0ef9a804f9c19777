package org.meridian.drivers.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.Tasks;

/** What several edges have counted, together; asked in vain where one of them is. */
public final class SummedMetrics implements MetricSource {
    private final List<MetricSource> sources;
    private final Tasks tasks;

    /** The sum of these. */
    public SummedMetrics(List<MetricSource> sources, Tasks tasks) {
        this.sources = List.copyOf(sources);
        this.tasks = tasks;
    }

    @Override
    public List<OriginMetrics> read(RegionName region) throws InterruptedException {
        Queue<OriginMetrics> read = new ConcurrentLinkedQueue<>();
        tasks.forEach(sources, source -> read.addAll(source.read(region)));
        Map<ServerName, OriginMetrics> sums = new TreeMap<>();
        read.forEach(metrics -> sums.merge(metrics.server(), metrics, SummedMetrics::sum));
        return List.copyOf(sums.values());
    }

    private static OriginMetrics sum(OriginMetrics one, OriginMetrics other) {
        SortedMap<Duration, Long> latencies = new TreeMap<>(one.latencies());
        other.latencies().forEach((bound, count) -> latencies.merge(bound, count, Long::sum));
        return new OriginMetrics(
                one.server(), one.requests() + other.requests(), one.errors() + other.errors(), latencies);
    }

    @Override
    public void close() {
        sources.forEach(MetricSource::close);
    }
}
