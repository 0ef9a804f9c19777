package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a failing script shorter as long as the same invariant is violated. */
final class Shrink {
    private final String invariant;
    private Script shortest;

    private Shrink(Script failing, String invariant) {
        this.shortest = failing;
        this.invariant = invariant;
    }

    /** The shortest script found that violates the same. */
    static Script of(Script failing, String invariant) {
        Shrink shrink = new Shrink(failing, invariant);
        while (shrink.pass()) {
            // Each pass may make another worth while.
        }
        return shrink.shortest;
    }

    private boolean pass() {
        for (Script candidate : candidates()) {
            Optional<Violation> violation = Simulation.run(candidate).violation();
            if (violation.filter(found -> found.invariant().equals(invariant)).isPresent()) {
                shortest = candidate;
                return true;
            }
        }
        return false;
    }

    private List<Script> candidates() {
        List<Script> candidates = new ArrayList<>();
        for (int i = shortest.steps().size() - 1; i >= 0; i--) {
            candidates.add(shortest.withoutStep(i));
        }
        for (int i = shortest.faults().size() - 1; i >= 0; i--) {
            candidates.add(shortest.withoutFault(i));
        }
        shortest.shape().simpler().forEach(shape -> candidates.add(shortest.withShape(shape)));
        return candidates;
    }
}
