package org.meridian.testkit.simulation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.meridian.core.model.RegionName;

/**
 * Up to which of all restarts a deployer knows what proxies do. It sees a region's proxies together or not at all, and knows what
 * one does that has just done what it asked for.
 */
final class KnownProxies {
    private final Map<SimulatedProxy, Integer> seen = new HashMap<>();
    private final Map<SimulatedProxy, Integer> told = new HashMap<>();
    private final Map<RegionName, Long> asked = new HashMap<>();

    /** One of them has answered. */
    void seen(SimulatedProxy proxy, int restarts) {
        seen.put(proxy, restarts);
    }

    /** One of them does what it was told in whole. */
    void told(SimulatedProxy proxy, int restarts) {
        told.put(proxy, restarts);
    }

    /** A region's proxies are asked; in vain, unless they are seen after that. */
    void asked(RegionName region, long at) {
        asked.put(region, at);
    }

    /** When they were asked last; before everything when they never were. */
    long asked(RegionName region) {
        return asked.getOrDefault(region, -SimulatedServer.NEVER);
    }

    /** The last restart that is known of a proxy, all of its region being given; 0 for none. */
    int known(SimulatedProxy proxy, Collection<SimulatedProxy> region) {
        int together =
                region.stream().mapToInt(one -> seen.getOrDefault(one, 0)).min().orElse(0);
        return Math.max(together, told.getOrDefault(proxy, 0));
    }
}
