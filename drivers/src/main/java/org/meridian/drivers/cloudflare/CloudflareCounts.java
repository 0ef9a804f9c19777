package org.meridian.drivers.cloudflare;

import java.util.List;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.MetricSource;

/** The counts that Cloudflare's load balancing API has of each origin: none. A canary needs another source there. */
public final class CloudflareCounts implements MetricSource {
    @Override
    public List<OriginMetrics> read(RegionName region) {
        return List.of();
    }
}
