package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an origin answered since some time before the rollout; only differences of two readings mean something.
 *
 * @param server    the origin
 * @param requests  answered requests, failed ones among them
 * @param errors    answers with status 5xx, and requests that got none
 * @param latencies how many requests took at most so long, by that time; rising, as in a cumulative histogram. Requests
 *                  that took longer than the last bound are in {@code requests} alone.
 */
public record OriginMetrics(ServerName server, long requests, long errors, SortedMap<Duration, Long> latencies) {
    /** Copies the histogram. */
    public OriginMetrics {
        requireNonNull(server, "server is null");
        latencies = Collections.unmodifiableSortedMap(new TreeMap<>(latencies));
    }
}
