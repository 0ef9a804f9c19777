package org.meridian.drivers.haproxy;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How long origins take to answer, as HAProxy counts it for us: in each pool a stick table with an entry for every
 * server and in that a counter for every span of time (HAProxy 3.0 configuration manual, {@code gpc(<nb>)},
 * {@code sc-inc-gpc}, {@code res.timer.hdr}).
 *
 * <p>Counted is the time from the request's dispatch on a connection to the answer's head, of each answer that an origin
 * gave.
 */
final class LatencyBuckets {
    /** The upper ends, each the shortest time that the next counter does not take. */
    static final List<Duration> BOUNDS = LongStream.of(
                    1, 5, 10, 20, 30, 50, 100, 150, 200, 300, 400, 500, 600, 800, 1_000, 1_500, 2_000, 3_000, 5_000,
                    10_000, 30_000)
            .mapToObj(Duration::ofMillis)
            .toList();

    private static final Pattern KEY = Pattern.compile(" key=(\\S+) ");
    private static final Pattern COUNTER = Pattern.compile(" gpc(\\d+)=(\\d+)");
    private static final SortedMap<Duration, Long> NONE = cumulative(Map.of());

    private LatencyBuckets() {}

    /** How many counters an entry has. */
    static int counters() {
        return BOUNDS.size();
    }

    /** The rules that count an answer, one for each counter. */
    static String rules() {
        return IntStream.range(0, BOUNDS.size())
                .mapToObj(
                        i -> "    http-response sc-inc-gpc(" + i + ",0) if { var(txn.took) -m int " + span(i) + " }\n")
                .collect(joining());
    }

    /** A server that has answered nothing. */
    static SortedMap<Duration, Long> none() {
        return NONE;
    }

    /** The cumulative histogram of each server in the answer to {@code show table}; throws a Failure for another answer. */
    static Map<String, SortedMap<Duration, Long>> parse(String table) {
        if (!table.startsWith("# table: ")) {
            throw RuntimeApi.unexpected("show table", table);
        }
        Map<String, SortedMap<Duration, Long>> histograms = new HashMap<>();
        table.lines().skip(1).filter(line -> !line.isBlank()).forEach(line -> {
            Matcher key = KEY.matcher(line);
            if (!key.find()) {
                throw RuntimeApi.unexpected("show table", line);
            }
            histograms.put(key.group(1), cumulative(counters(line)));
        });
        return histograms;
    }

    private static String span(int i) {
        long from = i == 0 ? 0 : BOUNDS.get(i - 1).toMillis() + 1;
        return from + ":" + BOUNDS.get(i).toMillis();
    }

    private static Map<Integer, Long> counters(String line) {
        Map<Integer, Long> counters = new HashMap<>();
        Matcher counter = COUNTER.matcher(line);
        while (counter.find()) {
            counters.put(Integer.valueOf(counter.group(1)), Long.valueOf(counter.group(2)));
        }
        return counters;
    }

    private static SortedMap<Duration, Long> cumulative(Map<Integer, Long> counters) {
        SortedMap<Duration, Long> histogram = new TreeMap<>();
        long sum = 0;
        for (int i = 0; i < BOUNDS.size(); i++) {
            sum = Math.addExact(sum, counters.getOrDefault(i, 0L));
            histogram.put(BOUNDS.get(i), sum);
        }
        return Collections.unmodifiableSortedMap(histogram);
    }
}
