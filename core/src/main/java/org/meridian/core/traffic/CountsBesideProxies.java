package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.MetricSource;

/**
 * The counts of an app of which only some regions have proxies: theirs there, the edge's elsewhere.
 *
 * @param edge     what the edge counts
 * @param proxies  what the proxies count
 * @param machines the machines with a proxy
 */
public record CountsBesideProxies(MetricSource edge, MetricSource proxies, MachineOrigins machines)
        implements MetricSource {
    /** Checks that no part is null. */
    public CountsBesideProxies {
        requireNonNull(edge, "edge is null");
        requireNonNull(proxies, "proxies is null");
        requireNonNull(machines, "machines is null");
    }

    @Override
    public List<OriginMetrics> read(RegionName region) throws InterruptedException {
        return (machines.byRegion().containsKey(region) ? proxies : edge).read(region);
    }

    @Override
    public void close() {
        edge.close();
        proxies.close();
    }
}
