package org.meridian.web.world;

/** Numbers with as many digits as a person reads, so that what only trembles is not sent again. */
final class Rounded {
    private Rounded() {}

    static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }

    static double hundredth(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
