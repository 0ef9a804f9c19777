package org.meridian.testkit.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Kept;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreMark;

/** One machine of the simulated world; times are nanoseconds since the world's beginning. */
final class SimulatedServer {
    static final long NEVER = Long.MAX_VALUE / 4;
    private static final long ADDRESS_AFTER = 500_000_000L;

    final ServerSpec spec;
    final RegionName region;
    final Optional<StoreMark> store;
    final String address;
    final long createdAt;
    final long bootedAt;
    private final long healthyAfter;
    /** The deploy key that it lets in. */
    int key = Deployer.TEAM;

    boolean placed;
    Map<String, Secret> secrets = Map.of();
    boolean pulled;
    /** What its release says outlives it. */
    Kept outliving = Kept.NONE;
    /** The workers that take jobs. */
    Set<String> workers = Set.of();
    /** Until when workers that were told to end work on what they have. */
    long workersEndAt;
    /** What is run by schedule. */
    Set<String> jobs = Set.of();
    /** Until when a run that was due before goes on. */
    long jobEndsAt;

    Flaw flaw = Flaw.NONE;
    long startedAt = NEVER;
    long diesAt = NEVER;
    private @Nullable Server seen;
    private long seenUntil;

    SimulatedServer(
            ServerSpec spec,
            RegionName region,
            Optional<StoreMark> store,
            String address,
            long createdAt,
            long bootNanos,
            long healthyAfter) {
        this.spec = spec;
        this.region = region;
        this.store = store;
        this.address = address;
        this.createdAt = createdAt;
        this.bootedAt = createdAt + bootNanos;
        this.healthyAfter = healthyAfter;
    }

    boolean dead(long at) {
        return at >= diesAt;
    }

    boolean booted(long at) {
        return at >= bootedAt && !dead(at);
    }

    /** When its app begins to answer its health check well. */
    long healthyFrom() {
        return startedAt + healthyAfter;
    }

    /** When it stops to. */
    long healthyUntil() {
        return Math.min(diesAt, flaw.neverHealthy() ? 0 : startedAt + flaw.sickensAfterNanos());
    }

    boolean healthy(long at) {
        return at >= healthyFrom() && at < healthyUntil();
    }

    /** What its provider shows. */
    Server seen(long at) {
        if (seen == null || at >= seenUntil) {
            boolean dead = dead(at);
            boolean hasAddress = at >= createdAt + ADDRESS_AFTER && !dead;
            seenUntil = dead ? Long.MAX_VALUE : hasAddress ? diesAt : Math.min(diesAt, createdAt + ADDRESS_AFTER);
            seen = new Server(
                            spec.name(),
                            region,
                            spec.release(),
                            spec.revision(),
                            hasAddress ? Optional.of(address) : Optional.empty(),
                            hasAddress ? Optional.of("ssh-ed25519 key of " + address) : Optional.empty(),
                            dead ? Server.State.STOPPED : Server.State.RUNNING)
                    .from(store);
        }
        return seen;
    }

    /** Comes back with the disk of the one that died: what ran there runs again after the boot. */
    void wakeAs(SimulatedServer former) {
        key = former.key;
        placed = former.placed;
        pulled = former.pulled;
        outliving = former.outliving;
        flaw = former.flaw;
        startedAt = former.startedAt == NEVER ? NEVER : bootedAt;
    }

    /** Makes it die at that time, if it does not before. */
    void die(long at) {
        diesAt = Math.min(diesAt, at);
        seen = null;
    }
}
