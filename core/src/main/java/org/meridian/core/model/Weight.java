package org.meridian.core.model;

/**
 * How much traffic an origin gets, relative to the other origins of its pool.
 *
 * @param percent 0 (none) to 100 (a full share)
 */
public record Weight(int percent) {
    /** No traffic; not a drain, since affinity beats weight. */
    public static final Weight NONE = new Weight(0);

    /** A full share. */
    public static final Weight FULL = new Weight(100);

    /** Checks the range; throws IllegalArgumentException outside it. */
    public Weight {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("a weight is 0 to 100 percent, not " + percent);
        }
    }

    /** Whether any traffic goes there. */
    public boolean serving() {
        return percent > 0;
    }

    @Override
    public String toString() {
        return Integer.toString(percent);
    }
}
