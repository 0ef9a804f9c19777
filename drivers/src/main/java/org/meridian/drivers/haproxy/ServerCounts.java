package org.meridian.drivers.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.ServerName;

/**
 * What HAProxy counted of one server since it knows it (HAProxy 3.0 management guide, 9.1).
 *
 * <p>HAProxy's own counts of failed connections and failed answers are not used: a request that a server drops is in one
 * of them once, twice or not at all, depending on whether it is sent again. What was dispatched and got no answer is exact.
 *
 * @param server     its name
 * @param dispatched requests sent to it, each time that one was
 * @param current    those of them that are not over: without an answer yet, or with one under way
 * @param answered   those of them that it answered
 * @param failed     its answers with status 5xx
 * @param brokenOff  its answers that ended too soon
 * @param latencies  how many answers took at most so long
 */
record ServerCounts(
        ServerName server,
        long dispatched,
        long current,
        long answered,
        long failed,
        long brokenOff,
        SortedMap<Duration, Long> latencies) {

    /** Checks that nothing was counted less than never. */
    ServerCounts {
        if (Math.min(Math.min(dispatched, current), Math.min(answered, Math.min(failed, brokenOff))) < 0) {
            throw new IllegalArgumentException("a count of " + server + " is negative");
        }
    }

    /**
     * The servers in the answer to {@code show stat}, but for those on their way out, with what the answer to
     * {@code show table} has of them; throws a Failure where they can't be understood.
     */
    static List<ServerCounts> read(PoolNames names, String table, String statistics) {
        Map<String, SortedMap<Duration, Long>> latencies =
                RuntimeApi.understood("show table", () -> LatencyBuckets.parse(table));
        return RuntimeApi.understood("show stat", () -> StatRow.parse(statistics).stream()
                .filter(row -> row.isOrigin(names))
                .filter(row -> !row.get("status").startsWith("MAINT"))
                .map(row -> of(row, latencies.getOrDefault(row.get("svname"), LatencyBuckets.none())))
                .toList());
    }

    /** The server in a row of the statistics. */
    private static ServerCounts of(StatRow row, SortedMap<Duration, Long> latencies) {
        return new ServerCounts(
                new ServerName(row.get("svname")),
                row.count("stot"),
                row.count("scur"),
                row.count("req_tot"),
                row.count("hrsp_5xx"),
                row.count("srv_abrt"),
                latencies);
    }

    /** Requests that surely got no answer; too few by those that have one under way now. */
    long unanswered() {
        return Math.max(0, dispatched - answered - current);
    }

    /** As the model has it, with so many requests that got no answer. */
    OriginMetrics metrics(long unanswered) {
        long requests = answered + unanswered;
        return new OriginMetrics(server, requests, Math.min(requests, failed + brokenOff + unanswered), latencies);
    }
}
