package org.meridian.core.diagnostic;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time spans as messages have them. */
public final class Durations {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Durations() {}

    /** In the units that fit, and exact to the millisecond: 250 ms, 1.5 s, 15 s, 1 min 30 s, 2 h; never 0 for what is more. */
    public static String spoken(Duration duration) {
        if (duration.isPositive() && duration.toMillis() == 0) {
            return "less than 1 ms";
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        return duration.compareTo(MINUTE) < 0 ? seconds(duration) : parts(duration);
    }

    private static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3);
        return seconds.stripTrailingZeros().toPlainString() + " s";
    }

    /** Whole seconds: beside minutes a fraction says nothing. */
    private static String parts(Duration duration) {
        List<String> parts = new ArrayList<>();
        add(parts, duration.toHours(), "h");
        add(parts, duration.toMinutesPart(), "min");
        add(parts, duration.toSecondsPart(), "s");
        return String.join(" ", parts);
    }

    private static void add(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + unit);
        }
    }
}
