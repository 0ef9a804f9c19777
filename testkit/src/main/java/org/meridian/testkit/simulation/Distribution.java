package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.List;

/**
 * Durations of many runs.
 *
 * @param sorted the durations, shortest first; may be empty
 */
public record Distribution(List<Duration> sorted) {
    /** Copies and sorts them. */
    public Distribution {
        sorted = sorted.stream().sorted().toList();
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return sorted.isEmpty();
    }

    /** The duration that so many in a hundred do not exceed; zero when there is none. */
    public Duration percentile(int percent) {
        int place = (int) Math.ceil(sorted.size() * percent / 100.0) - 1;
        return isEmpty() ? Duration.ZERO : sorted.get(Math.clamp(place, 0, sorted.size() - 1));
    }

    /** How many fall into each of so many equal parts between the shortest and the longest. */
    public int[] counts(int parts) {
        int[] counts = new int[parts];
        double width = (double) percentile(100).minus(percentile(0)).toNanos() / parts;
        for (Duration duration : sorted) {
            double place = width == 0 ? 0 : duration.minus(percentile(0)).toNanos() / width;
            counts[Math.min(parts - 1, (int) place)]++;
        }
        return counts;
    }
}
