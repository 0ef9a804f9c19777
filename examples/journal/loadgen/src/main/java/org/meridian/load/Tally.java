package org.meridian.load;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts how requests ended. Safe for many threads. */
final class Tally {
    private static final int LISTED_FAILURES = 20;

    /** How requests of one kind ended. */
    static final class PerKind {
        private final Latencies latencies = new Latencies();
        private long failed;

        Latencies latencies() {
            return latencies;
        }

        long failed() {
            return failed;
        }
    }

    private final Series series;
    private final Latencies all = new Latencies();
    private final Latencies fast = new Latencies();
    private final Map<Kind, PerKind> kinds = new EnumMap<>(Kind.class);
    private final Map<String, Long> statuses = new TreeMap<>();
    private final Map<String, Long> servers = new TreeMap<>();
    private final List<Outcome> failures = new ArrayList<>();
    private final Set<Long> failedSeconds = new TreeSet<>();
    private long failed;

    Tally(Series series) {
        this.series = requireNonNull(series, "series is null");
    }

    /** Notes that a request is about to go. */
    synchronized void due(long dueMillis) {
        series.due(dueMillis / 1000);
    }

    /** Notes how it ended. */
    synchronized void add(Outcome outcome) {
        Kind kind = outcome.call().kind();
        PerKind perKind = kinds.computeIfAbsent(kind, _ -> new PerKind());
        perKind.latencies.add(outcome.latencyMicros());
        all.add(outcome.latencyMicros());
        if (kind.isFast()) {
            fast.add(outcome.latencyMicros());
        }
        statuses.merge(outcome.status() == 0 ? "none" : Integer.toString(outcome.status()), 1L, Long::sum);
        servers.merge(outcome.servedBy().isEmpty() ? "unknown" : outcome.servedBy(), 1L, Long::sum);
        if (outcome.failed()) {
            addFailure(outcome, perKind);
        }
        series.ended(outcome);
    }

    private void addFailure(Outcome outcome, PerKind perKind) {
        failed++;
        perKind.failed++;
        failedSeconds.add(outcome.dueSecond());
        if (failures.size() < LISTED_FAILURES) {
            failures.add(outcome);
        }
    }

    synchronized long failed() {
        return failed;
    }

    // The summary reads these when nothing is under way any more.

    synchronized Latencies all() {
        return all;
    }

    synchronized Latencies fast() {
        return fast;
    }

    synchronized Map<Kind, PerKind> kinds() {
        return new EnumMap<>(kinds);
    }

    synchronized Map<String, Long> statuses() {
        return new TreeMap<>(statuses);
    }

    /** How many requests each region/server/release answered. */
    synchronized Map<String, Long> servers() {
        return new TreeMap<>(servers);
    }

    /** The first failures. */
    synchronized List<Outcome> failures() {
        return List.copyOf(failures);
    }

    synchronized int failedSeconds() {
        return failedSeconds.size();
    }
}
