package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Installation;

/** SSH to simulated servers, as one deployer does it. */
final class SimulatedHosts implements HostDriver {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final SimulatedWorld world;
    private final Deployer deployer;

    SimulatedHosts(SimulatedWorld world, Deployer deployer) {
        this.world = world;
        this.deployer = deployer;
    }

    /** Waits as long as nothing can change, instead of asking all the time. */
    @Override
    public void awaitBoot(Server server, Duration within) throws InterruptedException {
        long end = world.scheduler.nanos() + within.toNanos();
        while (!booted(server)) {
            long now = world.scheduler.nanos();
            if (now >= end) {
                throw unreachable(server, "boot");
            }
            long wake = now + LOOK_AGAIN.toNanos();
            SimulatedServer host = world.servers.get(server.name());
            if (host != null && !world.conditions.restless() && host.bootedAt > now) {
                wake = host.bootedAt;
            }
            deployer.sleep(Duration.ofNanos(Math.min(wake, end) - now));
        }
    }

    private boolean booted(Server server) {
        SimulatedServer host = world.servers.get(server.name());
        long now = world.scheduler.nanos();
        return host != null && host.booted(now) && world.conditions.reachable(host.region, now);
    }

    @Override
    public void place(Server server, Installation installation) throws InterruptedException {
        act(Effect.PLACE, server, host -> {
            host.placed = true;
            host.secrets = installation.secrets();
            host.flaw = world.conditions.flawOf(installation.release());
        });
    }

    @Override
    public void pull(Server server, ReleaseId release, Duration within) throws InterruptedException {
        act(Effect.PULL, server, host -> host.pulled = true);
    }

    @Override
    public void start(Server server, ReleaseId release, Duration within) throws InterruptedException {
        act(Effect.START, server, host -> {
            if (!host.placed || !host.pulled) {
                throw new IllegalStateException(server.name() + " was started before it had its release");
            }
            if (host.startedAt == SimulatedServer.NEVER) {
                host.startedAt = world.scheduler.nanos();
                world.pool(host.region).changed();
            }
        });
    }

    @Override
    public HealthAnswer health(Server server, Release release) throws InterruptedException {
        world.look(deployer, Effect.HEALTH, server.name());
        boolean healthy = find(server, "health").healthy(world.scheduler.nanos());
        return new HealthAnswer(healthy, healthy ? "200" : "503");
    }

    @Override
    public CommandOutcome runOnce(Server server, Release release, String service, List<String> command, Duration within)
            throws InterruptedException {
        StringBuilder password = new StringBuilder();
        act(Effect.RUN, server, host -> host.secrets.values().forEach(secret -> password.append(secret.reveal())));
        return world.conditions.flawOf(release).equals(Flaw.NONE) || !world.commandsFail()
                ? new CommandOutcome(0, "")
                : new CommandOutcome(1, "connect to database: password " + password + " refused");
    }

    @Override
    public String recentLogs(Server server, ReleaseId release, int lines) {
        return "GET /up 503";
    }

    @Override
    public void forget(ServerName server) {
        // Nothing is kept.
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private void act(Effect effect, Server server, Change change) throws InterruptedException {
        world.effect(deployer, effect, server.region(), server.name(), () -> change.to(find(server, effect)));
        deployer.idle();
    }

    private SimulatedServer find(Server server, Object attempted) {
        SimulatedServer host = world.servers.get(server.name());
        long now = world.scheduler.nanos();
        if (host == null || !host.booted(now) || !world.conditions.reachable(server.region(), now)) {
            throw unreachable(server, attempted);
        }
        return host;
    }

    private static Failure unreachable(Server server, Object attempted) {
        return Failure.noAnswer(Diagnostic.of(
                UNREACHABLE, server.name() + ": no connection for " + attempted, "See whether the server runs."));
    }

    /** What happens on a server. */
    private interface Change {
        void to(SimulatedServer host);
    }
}
