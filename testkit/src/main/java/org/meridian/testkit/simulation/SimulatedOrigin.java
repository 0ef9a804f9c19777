package org.meridian.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

/** An origin at the simulated edge. */
final class SimulatedOrigin {
    final ServerName server;
    final String address;
    final Instant joinedAt;
    Weight weight = Weight.NONE;
    boolean draining;
    Optional<Instant> leftTrafficAt = Optional.empty();

    SimulatedOrigin(ServerName server, String address, Instant joinedAt) {
        this.server = server;
        this.address = address;
        this.joinedAt = joinedAt;
    }

    boolean serving() {
        return weight.serving() && !draining;
    }

    /** A request that was in flight when traffic left takes this long to finish. */
    int inFlight(Instant at, Duration longestRequest) {
        if (serving()) {
            return 3;
        }
        return leftTrafficAt
                        .filter(left -> at.isBefore(left.plus(longestRequest)))
                        .isPresent()
                ? 1
                : 0;
    }

    void become(Weight newWeight, boolean nowDraining, Instant at) {
        boolean served = serving();
        weight = newWeight;
        draining = nowDraining;
        if (serving()) {
            leftTrafficAt = Optional.empty();
        } else if (served) {
            leftTrafficAt = Optional.of(at);
        }
    }
}
