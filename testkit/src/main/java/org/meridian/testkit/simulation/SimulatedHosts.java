package org.meridian.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Worker;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Installation;

/** SSH to simulated servers, as one deployer does it. */
final class SimulatedHosts implements HostDriver {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final long MOST_GRACE = Worker.USUAL_GRACE.toNanos();

    private final SimulatedWorld world;
    private final Deployer deployer;

    SimulatedHosts(SimulatedWorld world, Deployer deployer) {
        this.world = world;
        this.deployer = deployer;
    }

    @Override
    public void logIn(Server server) {
        if (world.conditions.keysLost()) {
            try {
                SimulatedServer ignored = find(server, "login");
            } catch (Failure e) {
                if (e.diagnostic().code().equals(UNREACHABLE)) {
                    deployer.unanswered.add(server.name());
                }
                throw e;
            }
        }
    }

    /** Waits as long as nothing can change, instead of asking all the time. */
    @Override
    public void awaitBoot(Server server, Duration within) throws InterruptedException {
        long end = world.scheduler.nanos() + within.toNanos();
        while (!booted(server)) {
            long now = world.scheduler.nanos();
            if (now >= end) {
                throw lockedOut(server) ? refused(server) : unreachable(server, "boot");
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
        return host != null && host.booted(now) && world.conditions.reachable(host.region, now) && !lockedOut(server);
    }

    private boolean lockedOut(Server server) {
        SimulatedServer host = world.servers.get(server.name());
        return host != null && world.lockedOut(deployer, host);
    }

    @Override
    public void place(Server server, Installation installation) throws InterruptedException {
        act(Effect.PLACE, server, host -> {
            host.placed = true;
            host.secrets = installation.secrets();
            host.outliving = installation.release().content().outliving();
            host.flaw = world.conditions.flawOf(installation.release());
        });
    }

    @Override
    public void pull(Server server, ReleaseId release, Duration within) throws InterruptedException {
        act(Effect.PULL, server, host -> host.pulled = true);
    }

    @Override
    public List<String> keep(Server server, Installation installation, Duration within) throws InterruptedException {
        act(Effect.KEEP, server, host -> {
            if (!host.placed || !host.pulled) {
                throw new IllegalStateException(server.name() + " was to keep data before it had its release");
            }
            world.data.keep(host, installation.release().content().outliving());
        });
        return List.of();
    }

    @Override
    public void start(Server server, ReleaseId release, Duration within) throws InterruptedException {
        act(Effect.START, server, host -> {
            if (!host.placed || !host.pulled) {
                throw new IllegalStateException(server.name() + " was started before it had its release");
            }
            world.invariants.work.mayStart(deployer, release);
            world.data.start(host);
            if (host.startedAt == SimulatedServer.NEVER) {
                host.startedAt = world.scheduler.nanos();
                world.pool(host.region).changed();
            }
        });
    }

    @Override
    public void startWorkers(Server server, ReleaseId release, Set<String> workers, Duration within)
            throws InterruptedException {
        act(Effect.START_WORKERS, server, host -> {
            if (host.startedAt == SimulatedServer.NEVER) {
                throw new IllegalStateException(server.name() + " has workers before it has started");
            }
            host.workers = Set.copyOf(workers);
        });
    }

    @Override
    public void endWorkers(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        act(Effect.END_WORKERS, server, host -> {
            if (!but.containsAll(host.workers)) {
                host.workersEndAt = world.scheduler.nanos() + world.random.nextLong(MOST_GRACE);
            }
            host.workers = host.workers.stream().filter(but::contains).collect(Collectors.toUnmodifiableSet());
        });
    }

    @Override
    public void awaitWorkersEnded(Server server, ReleaseId release, Duration within) throws InterruptedException {
        long now = world.scheduler.nanos();
        long end = find(server, "workers").workersEndAt;
        if (end > now) {
            deployer.sleep(Duration.ofNanos(end - now));
        }
    }

    @Override
    public void startJobs(
            Server server, ReleaseId release, Set<String> jobs, Map<String, Instant> since, Duration within)
            throws InterruptedException {
        act(Effect.START_JOBS, server, host -> {
            if (host.startedAt == SimulatedServer.NEVER) {
                throw new IllegalStateException(server.name() + " runs jobs before it has started");
            }
            world.invariants.work.mayRunJobs(host);
            host.jobs = Set.copyOf(jobs);
        });
    }

    /** A job may be running just then, and goes on. */
    @Override
    public void endJobs(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        act(Effect.END_JOBS, server, host -> {
            if (!but.containsAll(host.jobs)) {
                host.jobEndsAt = world.scheduler.nanos() + world.random.nextLong(Shape.JOB_TAKES.toNanos());
            }
            host.jobs = host.jobs.stream().filter(but::contains).collect(Collectors.toUnmodifiableSet());
        });
    }

    @Override
    public Map<String, Instant> awaitJobsEnded(Server server, ReleaseId release, Duration within)
            throws InterruptedException {
        long now = world.scheduler.nanos();
        long end = find(server, "jobs").jobEndsAt;
        if (end > now) {
            deployer.sleep(Duration.ofNanos(end - now));
        }
        return Map.of();
    }

    @Override
    public void forgetJobs(Server server, ReleaseId release) {
        find(server, "jobs");
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
        boolean good = world.conditions.flawOf(release).equals(Flaw.NONE) || !world.commandsFail();
        act(Effect.RUN, server, host -> {
            host.secrets.values().forEach(secret -> password.append(secret.reveal()));
            world.data.requireFound(host);
            if (world.app.releaseCommand().equals(Optional.of(command))) {
                world.invariants.work.releaseCommandRuns(release.id(), good);
            }
        });
        return good
                ? new CommandOutcome(0, "")
                : new CommandOutcome(1, "connect to database: password " + password + " refused");
    }

    @Override
    public String recentLogs(Server server, ReleaseId release, int lines) {
        return "GET /up 503";
    }

    @Override
    public String boot(Server server) {
        return Long.toString(find(server, "boot").bootedAt);
    }

    @Override
    public void reboot(Server server) throws InterruptedException {
        act(Effect.REBOOT, server, world::reboot);
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
        boolean away = world.conditions.away(server.region(), server.name().number(), now);
        if (host == null || !host.booted(now) || away || !world.conditions.reachable(server.region(), now)) {
            throw unreachable(server, attempted);
        }
        if (lockedOut(server)) {
            throw refused(server);
        }
        return host;
    }

    private static Failure refused(Server server) {
        return Failure.of(Diagnostic.of(
                REFUSED_LOGIN, server.name() + " refuses the login", "Use the key that it was made with."));
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
