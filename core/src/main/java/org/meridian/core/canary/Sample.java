package org.meridian.core.canary;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one side of a canary answered in a window of time.
 *
 * @param requests  answered requests, failed ones among them
 * @param errors    those that failed
 * @param latencies how many took at most so long, by that time: a cumulative histogram; empty when none is known
 */
public record Sample(long requests, long errors, SortedMap<Duration, Long> latencies) {
    /** Nothing was answered. */
    public static final Sample NONE = new Sample(0, 0, Collections.emptySortedMap());

    /** Copies the histogram and checks the counts. */
    public Sample {
        latencies = Collections.unmodifiableSortedMap(new TreeMap<>(latencies));
        if (errors < 0 || requests < errors) {
            throw new IllegalArgumentException(errors + " of " + requests + " requests failed");
        }
    }
}
