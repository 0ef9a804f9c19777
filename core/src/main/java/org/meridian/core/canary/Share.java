package org.meridian.core.canary;

/**
 * How many of all requests were of some kind.
 *
 * @param some how many
 * @param all  of how many
 */
record Share(long some, long all) {
    Share {
        if (some < 0 || some > all) {
            throw new IllegalArgumentException(some + " of " + all);
        }
    }

    /** The share, 0 to 1; 0 of nothing is 0. */
    double rate() {
        return all == 0 ? 0 : (double) some / all;
    }
}
