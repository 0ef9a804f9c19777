package org.meridian.testkit.simulation;

/** The deployer was killed: nothing after this instant runs. An Error, so that no handler of failures takes it. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash() {
        super("the deployer was killed", null, false, false);
    }
}
