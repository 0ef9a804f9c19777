package org.meridian.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
final class Durations {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private Durations() {}

    /** Seconds with one decimal, then minutes and seconds, then hours and minutes: 4.1s, 1m12s, 2h05m. */
    static String spoken(Duration duration) {
        if (duration.compareTo(MINUTE) < 0) {
            // Cut, not rounded: 59.96 s is not a minute yet.
            return String.format(Locale.ROOT, "%d.%ds", duration.toSeconds(), duration.toMillisPart() / 100);
        }
        if (duration.compareTo(HOUR) < 0) {
            return String.format(Locale.ROOT, "%dm%02ds", duration.toMinutes(), duration.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%dh%02dm", duration.toHours(), duration.toMinutesPart());
    }

    /** A limit, without decimals that say nothing: 2s, 1m30s, 15m. */
    static String limit(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return spoken(duration);
        }
        if (duration.compareTo(MINUTE) < 0) {
            return duration.toSeconds() + "s";
        }
        if (duration.compareTo(HOUR) < 0 && duration.toSecondsPart() == 0) {
            return duration.toMinutes() + "m";
        }
        if (duration.toMinutesPart() == 0 && duration.toSecondsPart() == 0) {
            return duration.toHours() + "h";
        }
        return spoken(duration);
    }

    /** A latency in milliseconds: 12 ms. */
    static String latency(Duration duration) {
        return String.format(Locale.ROOT, "%,d ms", duration.toMillis());
    }
}
