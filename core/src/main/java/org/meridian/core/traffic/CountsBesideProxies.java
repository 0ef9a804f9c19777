package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.MetricSource;

/**
 * The counts of an app of which only some servers are behind proxies: theirs there, the edge's of the others.
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
        Stream<OriginMetrics> direct = edge.read(region).stream().filter(counts -> !OriginName.isOne(counts.server()));
        return !machines.byRegion().getOrDefault(region, List.of()).isEmpty()
                ? Stream.concat(direct, proxies.read(region).stream()).toList()
                : direct.toList();
    }

    @Override
    public void close() {
        edge.close();
        proxies.close();
    }
}
