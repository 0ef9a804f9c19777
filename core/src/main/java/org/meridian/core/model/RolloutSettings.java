package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a release moves over the regions.
 *
 * @param waves         regions that shift at the same time, in order; the primary is alone in the last one
 * @param watch         how long a region is watched under full traffic before the next wave
 * @param drain         how long requests in flight may take to finish on servers that left traffic
 * @param keepPrevious  how long the previous fleet is kept warm
 * @param canary        how a region's users move by and by; empty for all at once
 * @param onFailure     what is done when it fails after traffic moved
 * @param approveWithin how long a person may take to approve before the primary moves; empty when nobody is asked
 * @param parallel      how many servers pull and start at the same time; empty for as many as their provider bears
 */
public record RolloutSettings(
        List<List<RegionName>> waves,
        Duration watch,
        Duration drain,
        Duration keepPrevious,
        Optional<Canary> canary,
        OnFailure onFailure,
        Optional<Duration> approveWithin,
        Optional<Integer> parallel) {
    /** Copies the waves; throws IllegalArgumentException where no server could start. */
    public RolloutSettings {
        waves = waves.stream().map(List::copyOf).toList();
        requireNonNull(watch, "watch is null");
        requireNonNull(drain, "drain is null");
        requireNonNull(keepPrevious, "keepPrevious is null");
        requireNonNull(canary, "canary is null");
        requireNonNull(onFailure, "onFailure is null");
        requireNonNull(approveWithin, "approveWithin is null");
        if (parallel.filter(servers -> servers < 1).isPresent()) {
            throw new IllegalArgumentException("at least one server starts at a time, not " + parallel.get());
        }
    }

    /** With as many servers at the same time as their provider bears. */
    public RolloutSettings(
            List<List<RegionName>> waves,
            Duration watch,
            Duration drain,
            Duration keepPrevious,
            Optional<Canary> canary,
            OnFailure onFailure,
            Optional<Duration> approveWithin) {
        this(waves, watch, drain, keepPrevious, canary, onFailure, approveWithin, Optional.empty());
    }

    /** All at once, everything back on a failure, and nobody is asked. */
    public RolloutSettings(List<List<RegionName>> waves, Duration watch, Duration drain, Duration keepPrevious) {
        this(waves, watch, drain, keepPrevious, Optional.empty(), OnFailure.ROLLBACK_ALL, Optional.empty());
    }
}
