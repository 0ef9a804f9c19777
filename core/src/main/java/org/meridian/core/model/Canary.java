package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a region's users move to a new release by and by, judged at each step.
 *
 * @param weights      shares of the region's requests for the new release in percent, rising, the last one 100
 * @param soak         how long each share is watched
 * @param soakAtMost   how long a share is watched at most when requests are too few for a verdict; at least {@code soak}
 * @param maxErrorRate the share of failed requests that is tolerated, 0 to 1
 * @param maxP95       the 95th percentile of latency that is tolerated; empty for any
 * @param minRequests  how many requests the new release must have answered for a verdict
 * @param whenTooFew   what is done when they are still too few after {@code soakAtMost}
 */
public record Canary(
        List<Integer> weights,
        Duration soak,
        Duration soakAtMost,
        double maxErrorRate,
        Optional<Duration> maxP95,
        int minRequests,
        WhenTooFew whenTooFew) {
    /** Checks the weights and the times. */
    public Canary {
        weights = List.copyOf(weights);
        requireNonNull(soak, "soak is null");
        requireNonNull(soakAtMost, "soakAtMost is null");
        requireNonNull(maxP95, "maxP95 is null");
        requireNonNull(whenTooFew, "whenTooFew is null");
        if (weights.isEmpty() || weights.getLast() != 100) {
            throw new IllegalArgumentException("the last weight is not 100: " + weights);
        }
        for (int i = 0; i < weights.size(); i++) {
            if (weights.get(i) <= (i == 0 ? 0 : weights.get(i - 1))) {
                throw new IllegalArgumentException("the weights do not rise from above 0: " + weights);
            }
        }
        if (soakAtMost.compareTo(soak) < 0) {
            throw new IllegalArgumentException("soakAtMost is shorter than soak");
        }
        if (!(maxErrorRate >= 0 && maxErrorRate <= 1)) {
            throw new IllegalArgumentException("maxErrorRate is not between 0 and 1: " + maxErrorRate);
        }
    }

    /** What is done when there were too few requests for a verdict. */
    public enum WhenTooFew {
        /** The release goes on: nothing speaks against it. */
        PROMOTE,
        /** The release goes back: nothing speaks for it. */
        ROLL_BACK
    }
}
