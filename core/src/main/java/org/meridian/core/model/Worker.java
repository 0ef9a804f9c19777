package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a service runs that takes jobs and answers no requests.
 *
 * @param regions where; empty for every region
 * @param servers on how many servers of each; empty for every server
 * @param overlap whether the new release's starts before the former's has stopped
 * @param grace   how long it may take to end, as the Compose file says ({@code stop_grace_period}); then it is killed
 */
public record Worker(Set<RegionName> regions, Optional<Integer> servers, boolean overlap, Duration grace) {
    /** How long Compose gives a service that says nothing (Compose file reference, "stop_grace_period"). */
    public static final Duration USUAL_GRACE = Duration.ofSeconds(10);

    /** One on every server. */
    public static final Worker EVERYWHERE = new Worker(Set.of(), Optional.empty(), false, USUAL_GRACE);

    /** Copies the regions and checks the numbers. */
    public Worker {
        regions = Set.copyOf(regions);
        requireNonNull(grace, "grace is null");
        if (servers.filter(number -> number < 1).isPresent()) {
            throw new IllegalArgumentException("a worker needs a server, not " + servers.get());
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("a grace period is not negative: " + grace);
        }
    }

    /** Whether it runs in a region. */
    public boolean runsIn(RegionName region) {
        return regions.isEmpty() || regions.contains(region);
    }
}
