package org.meridian.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happened, so that it can be seen what simulations have exercised. */
public final class Tally {
    private final Map<String, long[]> counts = new HashMap<>();

    /** Counts one. */
    public void add(String what) {
        add(what, 1);
    }

    /** Counts several. */
    public void add(String what, long times) {
        counts.computeIfAbsent(what, key -> new long[1])[0] += times;
    }

    /** Adds another's counts. */
    public void add(Tally other) {
        other.counts.forEach((what, count) -> add(what, count[0]));
    }

    /** How often. */
    public long of(String what) {
        long[] count = counts.get(what);
        return count == null ? 0 : count[0];
    }

    /** Everything, by name. */
    public Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((what, count) -> all.put(what, count[0]));
        return all;
    }
}
