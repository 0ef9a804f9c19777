package org.meridian.core.traffic;

import java.util.List;
import java.util.Map;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;

/** The machines with a proxy, as an edge before them has them: an origin each. */
public interface MachineOrigins {
    /** Those of each region whose machines outlive releases; throws a Failure when they can't be found out. */
    Map<RegionName, List<OriginTarget>> byRegion() throws InterruptedException;

    /** Whether a server is on the machine that is at this address, each a host and a port. */
    default boolean has(String machine, String server) {
        return host(machine).equals(host(server));
    }

    private static String host(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }
}
