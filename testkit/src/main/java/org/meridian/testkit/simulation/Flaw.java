package org.meridian.testkit.simulation;

/**
 * What is wrong with a release.
 *
 * @param neverHealthy      whether its health check never answers well
 * @param errorPercent      how many of its users' requests fail, 0 to 100
 * @param slow              whether its answers take long
 * @param sickensAfterNanos how long after its start its health check begins to fail
 */
record Flaw(boolean neverHealthy, int errorPercent, boolean slow, long sickensAfterNanos) {
    static final Flaw NONE = new Flaw(false, 0, false, SimulatedServer.NEVER);
    static final Flaw NEVER_HEALTHY = new Flaw(true, 0, false, SimulatedServer.NEVER);

    static Flaw errors(int percent) {
        return new Flaw(false, percent, false, SimulatedServer.NEVER);
    }

    boolean none() {
        return equals(NONE);
    }
}
