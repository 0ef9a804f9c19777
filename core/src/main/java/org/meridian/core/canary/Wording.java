package org.meridian.core.canary;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.meridian.core.diagnostic.Durations;

/** How figures are written in a verdict's reason. */
final class Wording {
    private static final double PERCENT = 100;
    private static final double FINE = 0.1;

    private Wording() {}

    /** {@code 12 of 410 requests failed (2.9 %), the former release 1 of 1730 (0.06 %)}. */
    static String compared(Share fresh, Share former, String what) {
        String before = former.all() == 0
                ? ", the former release answered none meanwhile"
                : ", the former release " + counted(former, "");
        return counted(fresh, " requests " + what) + before;
    }

    /** A share in percent: one decimal, two below 0.1, none where there is nothing behind the point. */
    static String percent(double share) {
        double percent = share * PERCENT;
        return plain(percent, percent < FINE ? 2 : 1) + " %";
    }

    /** {@code 800 ms}, {@code 1.5 s}. */
    static String time(Duration time) {
        return Durations.spoken(time);
    }

    private static String counted(Share share, String words) {
        return share.some() + " of " + share.all() + words + " (" + percent(share.rate()) + ")";
    }

    private static String plain(double number, int decimals) {
        return BigDecimal.valueOf(number)
                .setScale(decimals, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
