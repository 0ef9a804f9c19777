package org.meridian.drivers.prometheus;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes counts of series; where there are several they are added up. */
final class Counts {
    private static final String BOUND = "le";
    private static final String INFINITE = "+Inf";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");
    private static final int NANO_DIGITS = 9;

    /** What fits into nanoseconds; longer than any request. */
    private static final double LONGEST_SECONDS = 9e9;

    private Counts() {}

    /** The sum of all series; empty when there is none. */
    static OptionalLong total(Query query, List<Series> series) {
        return series.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(series.stream()
                        .mapToLong(one -> count(query, one))
                        .reduce(0, (one, other) -> sum(query, one, other)));
    }

    /** The cumulative histogram by the label {@code le}, in seconds. */
    static SortedMap<Duration, Long> histogram(Query query, List<Series> series) {
        SortedMap<Duration, Long> histogram = new TreeMap<>();
        for (Series one : series) {
            String bound = one.labels().getOrDefault(BOUND, "");
            if (!bound.equals(INFINITE)) {
                histogram.merge(seconds(query, bound), count(query, one), (before, more) -> sum(query, before, more));
            }
        }
        return histogram;
    }

    private static Duration seconds(Query query, String bound) {
        if (!SECONDS.matcher(bound).matches() || Double.parseDouble(bound) > LONGEST_SECONDS) {
            throw Answers.failure(
                    "prometheus-answer",
                    query,
                    bound.isEmpty() ? "gives a series without the label le" : "gives the bound le=\"" + bound + "\"",
                    "Keep the label: sum by (le) (…_bucket{…}).",
                    "");
        }
        return Duration.ofNanos(new BigDecimal(bound)
                .movePointRight(NANO_DIGITS)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** Counters are whole, but a query may make fractions of them. */
    private static long count(Query query, Series series) {
        double value = series.value();
        if (!(value >= 0 && value < Long.MAX_VALUE)) {
            throw Answers.failure(
                    "prometheus-answer",
                    query,
                    "gives " + value + ", which is no count",
                    "Write a query for the counter itself, without rate() and without a division.",
                    "");
        }
        return Math.round(value);
    }

    private static long sum(Query query, long one, long other) {
        long sum = one + other;
        if (sum < 0) {
            throw Answers.failure(
                    "prometheus-answer", query, "gives more than can be counted", "See what it counts.", "");
        }
        return sum;
    }
}
