package org.meridian.core.canary;

/**
 * How likely a count is at least so high by chance alone, exactly.
 *
 * <p>A tail is summed from its greatest term outwards, each term from the one before, until what is left can't change
 * the sum. The first term comes from logarithms of factorials, so that no count is too large.
 */
final class Tail {
    private static final double NEGLIGIBLE = 1e-17;
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final int SMALL = 32;
    private static final double[] LOG_FACTORIALS = smallLogFactorials();

    private Tail() {}

    /**
     * The chance of at least so many successes in independent trials (the binomial distribution).
     *
     * @param least   how many successes at least
     * @param trials  how many trials
     * @param chance  of success in each, 0 to 1
     */
    static double binomial(long least, long trials, double chance) {
        if (least <= 0) {
            return 1;
        }
        if (least > trials || chance <= 0) {
            return 0;
        }
        if (chance >= 1) {
            return 1;
        }
        double odds = chance / (1 - chance);
        Ratio up = x -> odds * (trials - x) / (x + 1);
        if (least > chance * trials) {
            return sumUp(least, trials, binomialTerm(least, trials, chance), up);
        }
        return 1 - sumDown(least - 1, 0, binomialTerm(least - 1, trials, chance), up);
    }

    /**
     * The chance that at least so many of the marked are among those drawn, when each choice is equally likely (the
     * hypergeometric distribution; Fisher's exact test).
     *
     * @param least  how many marked ones at least
     * @param drawn  how many are drawn
     * @param marked how many of all are marked
     * @param all    how many there are
     */
    static double hypergeometric(long least, long drawn, long marked, long all) {
        long lowest = Math.max(0, drawn + marked - all);
        long highest = Math.min(drawn, marked);
        if (least <= lowest) {
            return 1;
        }
        if (least > highest) {
            return 0;
        }
        Ratio up = x -> (double) (marked - x) / (x + 1) * ((double) (drawn - x) / (all - marked - drawn + x + 1));
        if (least > (double) drawn / all * marked) {
            return sumUp(least, highest, hypergeometricTerm(least, drawn, marked, all), up);
        }
        return 1 - sumDown(least - 1, lowest, hypergeometricTerm(least - 1, drawn, marked, all), up);
    }

    private static double binomialTerm(long x, long trials, double chance) {
        return Math.exp(logChoose(trials, x) + x * Math.log(chance) + (trials - x) * Math.log1p(-chance));
    }

    private static double hypergeometricTerm(long x, long drawn, long marked, long all) {
        return Math.exp(logChoose(marked, x) + logChoose(all - marked, drawn - x) - logChoose(all, drawn));
    }

    private static double sumUp(long from, long to, double first, Ratio up) {
        double sum = first;
        double term = first;
        for (long x = from; x < to && term > sum * NEGLIGIBLE; x++) {
            term *= up.after(x);
            sum += term;
        }
        return Math.min(1, sum);
    }

    private static double sumDown(long from, long to, double first, Ratio up) {
        double sum = first;
        double term = first;
        for (long x = from; x > to && term > sum * NEGLIGIBLE; x--) {
            term /= up.after(x - 1);
            sum += term;
        }
        return Math.min(1, sum);
    }

    private static double logChoose(long n, long k) {
        return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    }

    /** Stirling's series; from 32 on its error is below 1e-16 (NIST Digital Library of Mathematical Functions, 5.11). */
    static double logFactorial(long n) {
        if (n < SMALL) {
            return LOG_FACTORIALS[(int) n];
        }
        double square = (double) n * n;
        double series = (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / square) / square) / square) / n;
        return (n + 0.5) * Math.log((double) n) - n + HALF_LOG_TWO_PI + series;
    }

    private static double[] smallLogFactorials() {
        double[] logs = new double[SMALL];
        for (int n = 2; n < SMALL; n++) {
            logs[n] = logs[n - 1] + Math.log(n);
        }
        return logs;
    }

    /** A term of a distribution by the one before it. */
    @FunctionalInterface
    private interface Ratio {
        /** The term at x + 1 divided by the one at x. */
        double after(long x);
    }
}
