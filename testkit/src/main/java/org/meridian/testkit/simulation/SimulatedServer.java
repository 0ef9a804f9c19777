package org.meridian.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerSpec;

/** One machine of the simulated world. */
final class SimulatedServer {
    private static final Duration ADDRESS_AFTER = Duration.ofMillis(500);

    final ServerSpec spec;
    final RegionName region;
    final String address;
    private final Instant createdAt;
    boolean placed;
    boolean pulled;
    Optional<Instant> startedAt = Optional.empty();
    Optional<Instant> diesAt = Optional.empty();

    SimulatedServer(ServerSpec spec, RegionName region, String address, Instant createdAt) {
        this.spec = spec;
        this.region = region;
        this.address = address;
        this.createdAt = createdAt;
    }

    boolean dead(Instant at) {
        return diesAt.filter(death -> !at.isBefore(death)).isPresent();
    }

    Server seen(Instant at) {
        boolean hasAddress = !at.isBefore(createdAt.plus(ADDRESS_AFTER)) && !dead(at);
        return new Server(
                spec.name(),
                region,
                spec.release(),
                spec.revision(),
                hasAddress ? Optional.of(address) : Optional.empty(),
                hasAddress ? Optional.of("ssh-ed25519 key of " + address) : Optional.empty(),
                dead(at) ? Server.State.STOPPED : Server.State.RUNNING);
    }

    boolean booted(Instant at, Duration bootTime) {
        return !at.isBefore(createdAt.plus(bootTime)) && !dead(at);
    }
}
