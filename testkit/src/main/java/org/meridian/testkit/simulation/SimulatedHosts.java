package org.meridian.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Installation;

/** SSH to simulated servers. */
final class SimulatedHosts implements HostDriver {
    private final SimulatedWorld world;

    SimulatedHosts(SimulatedWorld world) {
        this.world = world;
    }

    @Override
    public void awaitBoot(Server server, Duration within) throws InterruptedException {
        Instant end = world.scheduler.now().plus(within);
        while (!find(server, "boot").booted(world.scheduler.now(), SimulatedWorld.BOOT)) {
            if (world.scheduler.now().isAfter(end)) {
                throw SimulatedFailure.of("boot", server.name().value());
            }
            world.scheduler.sleep(Duration.ofMillis(500));
        }
    }

    @Override
    public void place(Server server, Installation installation) throws InterruptedException {
        world.effect("place", server.name().value(), () -> find(server, "place").placed = true);
    }

    @Override
    public void pull(Server server, ReleaseId release, Duration within) throws InterruptedException {
        world.effect("pull", server.name().value(), () -> find(server, "pull").pulled = true);
    }

    @Override
    public void start(Server server, ReleaseId release, Duration within) throws InterruptedException {
        world.effect("start", server.name().value(), () -> {
            SimulatedServer host = find(server, "start");
            if (!host.placed || !host.pulled) {
                throw new IllegalStateException(server.name() + " was started before it had its release");
            }
            if (host.startedAt.isEmpty()) {
                host.startedAt = Optional.of(world.scheduler.now());
            }
        });
    }

    @Override
    public HealthAnswer health(Server server, Release release) throws InterruptedException {
        world.look();
        boolean healthy = world.healthy(find(server, "health"), world.scheduler.now());
        return new HealthAnswer(healthy, healthy ? "200" : "503");
    }

    @Override
    public CommandOutcome runOnce(Server server, Release release, String service, List<String> command, Duration within)
            throws InterruptedException {
        world.effect("run", server.name() + " " + command, () -> find(server, "run"));
        return new CommandOutcome(0, "");
    }

    @Override
    public String recentLogs(Server server, ReleaseId release, int lines) {
        return "";
    }

    @Override
    public void forget(ServerName server) {
        // Nothing is kept.
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private SimulatedServer find(Server server, String attempted) {
        SimulatedServer host = world.servers.get(server.name());
        Instant now = world.scheduler.now();
        if (host == null || host.dead(now) || !world.reachable(server.region(), now)) {
            throw SimulatedFailure.of(attempted, server.name() + " (no connection)");
        }
        return host;
    }
}
