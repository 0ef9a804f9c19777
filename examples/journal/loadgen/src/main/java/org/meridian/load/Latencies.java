package org.meridian.load;

import org.HdrHistogram.Histogram;

/** The latencies of many requests, kept to three digits up to a minute. */
final class Latencies {
    private static final long LONGEST_MICROS = 60_000_000;

    private final Histogram histogram = new Histogram(LONGEST_MICROS, 3);

    void add(long micros) {
        histogram.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
    }

    long count() {
        return histogram.getTotalCount();
    }

    /** Milliseconds that the given per cent of the requests took at most; 0 when there were none. */
    double percentileMillis(double percent) {
        return histogram.getValueAtPercentile(percent) / 1000.0;
    }

    /** The longest, in milliseconds. */
    double maxMillis() {
        return histogram.getMaxValue() / 1000.0;
    }
}
