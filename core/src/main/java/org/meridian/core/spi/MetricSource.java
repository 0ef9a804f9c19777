package org.meridian.core.spi;

import java.util.List;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;

/** Counts what origins answer. */
public interface MetricSource extends AutoCloseable {
    /**
     * The present counts of every origin in a region's pool; an origin that is not counted yet is left out.
     *
     * <p>Counts only grow while an origin is in its pool, except when the source itself restarts: a reading that is
     * below an earlier one means that. Throws {@link org.meridian.core.diagnostic.Failure} when they can't be had.
     */
    List<OriginMetrics> read(RegionName region) throws InterruptedException;

    /** Ends the connections that it holds. */
    @Override
    default void close() {
        // Most hold none.
    }
}
