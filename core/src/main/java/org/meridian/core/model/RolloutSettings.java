package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How a release moves over the regions.
 *
 * @param waves        regions that shift at the same time, in order; the primary is alone in the last one
 * @param watch        how long a region is watched under full traffic before the next wave
 * @param drain        how long requests in flight may take to finish on servers that left traffic
 * @param keepPrevious how long the previous fleet is kept warm
 */
public record RolloutSettings(List<List<RegionName>> waves, Duration watch, Duration drain, Duration keepPrevious) {
    /** Copies the waves. */
    public RolloutSettings {
        waves = waves.stream().map(List::copyOf).toList();
        requireNonNull(watch, "watch is null");
        requireNonNull(drain, "drain is null");
        requireNonNull(keepPrevious, "keepPrevious is null");
    }
}
