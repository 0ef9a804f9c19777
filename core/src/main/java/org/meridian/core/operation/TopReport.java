package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.core.metrics.Counts;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.model.Weight;

/**
 * What all servers use, at one moment.
 *
 * @param at      when
 * @param servers every server, in the order of the configuration's regions, then by name
 */
public record TopReport(Instant at, List<Row> servers) {
    /** Copies the servers. */
    public TopReport {
        requireNonNull(at, "at is null");
        servers = List.copyOf(servers);
    }

    /**
     * One server.
     *
     * @param server   the server
     * @param weight   its weight in the pool; 0 when it is out of traffic
     * @param inFlight requests being answered by it now
     * @param answered what it answered over the last seconds, by the edge's counts; nothing where nobody counts
     * @param usage    what it uses; empty when it can't be told
     * @param problem  why it can't be told; empty when it can
     */
    public record Row(
            Server server,
            Weight weight,
            int inFlight,
            Counts answered,
            Optional<ServerUsage> usage,
            Optional<String> problem) {
        /** Checks that no part is null. */
        public Row {
            requireNonNull(server, "server is null");
            requireNonNull(weight, "weight is null");
            requireNonNull(answered, "answered is null");
            requireNonNull(usage, "usage is null");
            requireNonNull(problem, "problem is null");
        }
    }
}
