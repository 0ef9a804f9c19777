package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meridian.core.model.AppName;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.Tasks;

/** What the proxies of a region have counted of the servers beside them. */
public final class ProxiesMetrics implements MetricSource {
    private final AppName app;
    private final ProxySource source;
    private final Tasks tasks;
    private List<Proxy> known = List.of();
    private Map<RegionName, MetricSource> regions = Map.of();

    /** What these proxies count of an app; nothing is connected to before it is needed. */
    public ProxiesMetrics(AppName app, ProxySource source, Tasks tasks) {
        this.app = requireNonNull(app, "app is null");
        this.source = requireNonNull(source, "source is null");
        this.tasks = requireNonNull(tasks, "tasks is null");
    }

    @Override
    public List<OriginMetrics> read(RegionName region) throws InterruptedException {
        MetricSource counts = regions().get(region);
        if (counts == null) {
            throw LiveEdge.noPool(region);
        }
        return counts.read(region);
    }

    @Override
    public synchronized void close() {
        regions.values().forEach(MetricSource::close);
    }

    private synchronized Map<RegionName, MetricSource> regions() throws InterruptedException {
        List<Proxy> proxies = source.proxies();
        if (!proxies.equals(known)) {
            close();
            Map<RegionName, List<MetricSource>> counts = new LinkedHashMap<>();
            for (Proxy proxy : proxies) {
                counts.computeIfAbsent(proxy.region(), region -> new ArrayList<>())
                        .add(new HaproxyMetrics(app, proxy.machine()));
            }
            Map<RegionName, MetricSource> sums = new LinkedHashMap<>();
            counts.forEach((region, machines) -> sums.put(region, new SummedMetrics(machines, tasks)));
            regions = sums;
            known = proxies;
        }
        return regions;
    }
}
