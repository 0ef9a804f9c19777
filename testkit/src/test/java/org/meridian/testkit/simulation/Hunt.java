package org.meridian.testkit.simulation;

import java.util.function.LongFunction;

/** Runs seeds from 1 on, and drills among them, until one violates an invariant; loaded beside a mutant of the engine. */
public final class Hunt implements LongFunction<String> {
    private static final int A_DRILL_IN = 2;

    /** For the loader of mutants. */
    public Hunt() {}

    /** What was violated within that many runs, with the seed; empty when nothing was. */
    @Override
    public String apply(long runs) {
        for (long seed = 1; seed <= runs; seed++) {
            Simulation.Result result =
                    Simulation.run(seed % A_DRILL_IN == 0 ? Drills.from(seed) : Scripts.atEdge(seed));
            if (result.violation().isPresent()) {
                return "seed " + seed + ": " + result.violation().get().getMessage();
            }
        }
        return "";
    }
}
