package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/** Where a canary's requests, errors and latencies are read. */
public sealed interface MetricSettings {
    /** The edge's own counters. */
    record Edge() implements MetricSettings {}

    /**
     * A Prometheus server. In the queries {@code $region} and {@code $server} stand for their names.
     *
     * @param address  its base address
     * @param requests a query for a server's requests so far, as a counter
     * @param errors   a query for those of them that failed
     * @param latency  a query for the cumulative histogram of latency in seconds, with the label {@code le}
     */
    record Prometheus(URI address, String requests, String errors, String latency) implements MetricSettings {
        /** Checks that no part is null. */
        public Prometheus {
            requireNonNull(address, "address is null");
            requireNonNull(requests, "requests is null");
            requireNonNull(errors, "errors is null");
            requireNonNull(latency, "latency is null");
        }
    }
}
