package org.meridian.testkit.simulation;

import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Origin;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

/** An origin at the simulated edge; times are nanoseconds since the world's beginning. */
final class SimulatedOrigin {
    private static final long NOT_LEFT = -SimulatedServer.NEVER;

    final ServerName server;
    /** On which of its region's machines it is. */
    final int machine;

    final String address;
    final long joinedAt;
    Weight weight = Weight.NONE;
    boolean draining;
    long leftTrafficAt = NOT_LEFT;
    /** Since when the edge has seen it unhealthy without a break; NEVER while it does not. */
    long unhealthySince = SimulatedServer.NEVER;

    double requests;
    double errors;
    double slow;
    private @Nullable Origin seen;

    SimulatedOrigin(ServerName server, String address, long joinedAt) {
        this.server = server;
        this.machine = server.number();
        this.address = address;
        this.joinedAt = joinedAt;
    }

    boolean serving() {
        return weight.serving() && !draining;
    }

    /** A request that was in flight when traffic left takes this long to finish. */
    int inFlight(long at, long longestRequest) {
        return serving() ? 3 : at < leftTrafficAt + longestRequest ? 1 : 0;
    }

    void become(Weight newWeight, boolean nowDraining, long at) {
        boolean served = serving();
        weight = newWeight;
        draining = nowDraining;
        if (serving()) {
            leftTrafficAt = NOT_LEFT;
        } else if (served) {
            leftTrafficAt = at;
        }
    }

    /** Ends what is in flight. */
    void disconnect() {
        leftTrafficAt = NOT_LEFT;
    }

    /** What the edge shows of it. */
    Origin seen(Origin.Health health, int inFlight) {
        if (seen == null
                || seen.health() != health
                || seen.inFlight() != inFlight
                || seen.draining() != draining
                || !seen.weight().equals(weight)) {
            seen = new Origin(server, address, weight, draining, health, inFlight);
        }
        return seen;
    }
}
