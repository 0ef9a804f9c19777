package org.meridian.testkit.simulation;

import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** Failures that the simulated world brings about. */
final class SimulatedFailure {
    private SimulatedFailure() {}

    static Failure of(String kind, String what) {
        return Failure.of(Diagnostic.of("simulated", kind + " " + what + " failed", "Nothing: a test wants it so."));
    }
}
