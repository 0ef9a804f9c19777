package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Predicate;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.TrafficDriver;

/**
 * The proxy of one machine: the part of its region's pool that is there.
 *
 * @param region  the machine's region
 * @param beside  tells of a server that is to be in the region's pool whether it is on the machine
 * @param traffic steers what comes to the machine; of a pool's target it takes the servers there, and leaves the others out
 */
public record MachineProxy(RegionName region, Predicate<OriginTarget> beside, TrafficDriver traffic) {
    /** Checks that no part is null. */
    public MachineProxy {
        requireNonNull(region, "region is null");
        requireNonNull(beside, "beside is null");
        requireNonNull(traffic, "traffic is null");
    }

    /** Whether users who come to the machine are to get to a server there. */
    boolean serves(PoolTarget target) {
        return target.origins().stream().anyMatch(origin -> origin.weight().serving() && beside.test(origin));
    }

    /** Knows the proxies of an app. */
    public interface Source {
        /** Those of all regions, the same each time, in an order that stays; throws a Failure when they can't be found out. */
        List<MachineProxy> proxies() throws InterruptedException;

        /** Closes those that were told. */
        void close();
    }
}
