package org.meridian.cli.view;

import java.util.Locale;

/** Shares as people read them. */
final class Percent {
    private Percent() {}

    /** A part of all in whole percent, never rounded to none or to all. */
    static String of(int part, int all) {
        double share = 100.0 * part / all;
        return part > 0 && share < 1 ? "<1%" : part < all && share > 99 ? ">99%" : Math.round(share) + "%";
    }

    /** A share, 0 for nothing and 1 for all, in whole percent; below one percent with two decimals. */
    static String of(double share) {
        return share > 0 && share < 0.01
                ? String.format(Locale.ROOT, "%.2f%%", share * 100)
                : Math.round(share * 100) + "%";
    }
}
