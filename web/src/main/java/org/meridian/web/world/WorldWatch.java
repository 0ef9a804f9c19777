package org.meridian.web.world;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.metrics.Rates;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.operation.ReadServices;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.Workspace;
import org.meridian.core.plan.Observation;
import org.meridian.core.rollout.Fleets;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.Tasks;
import org.meridian.web.stream.Feeds;
import org.meridian.web.stream.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the world once a second for all clients together, and only while there is one; tells them what changed.
 */
public final class WorldWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorldWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final Workspace workspace;
    private final World world;
    private final Feeds feeds;
    private final Lookers lookers;
    private final PacedFleet fleet;
    private final Workspace paced;
    private final ReadStatus status;
    private final PacedServices services;
    private final Rates rates;
    private final Usages usages;
    private final Probes probes;
    private final RolloutWatch rollouts;
    private final Canaries canaries;
    private final Assembly assembly;
    private final List<Tasks.Background> running = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition seen = lock.newCondition();
    private @Nullable Seen last;

    /** Watches a workspace for those who listen to the feeds. */
    public WorldWatch(
            Workspace workspace, Optional<ServerAccess> access, Optional<ReadServices> services, Feeds feeds) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.world = workspace.world();
        this.feeds = requireNonNull(feeds, "feeds is null");
        this.lookers = new Lookers(world.time());
        this.fleet = new PacedFleet(world.fleets(), world.time());
        this.paced = paced();
        this.status = new ReadStatus(paced);
        this.services = new PacedServices(services, world.time());
        this.rates = new Rates(world.metrics(), world.time());
        this.usages = new Usages(access, world.time());
        this.probes =
                new Probes(world, workspace.app().probe(), lookers, probed -> feeds.add(Frame.of("probe", probed)));
        this.rollouts = new RolloutWatch(workspace.state(), world.time(), this::tell);
        this.canaries = new Canaries(world.time());
        this.assembly = new Assembly(
                workspace.app(), world.traffic().address().toString(), rates, usages, probes, this.services);
    }

    /** Begins. */
    public void start() {
        running.add(world.tasks().start("world watch", this::run));
        workspace
                .app()
                .regions()
                .forEach(region ->
                        running.add(world.tasks().start("probe of " + region.name(), () -> probes.run(region))));
    }

    /** Somebody looks until the answer is closed. */
    public Look stay() {
        lookers.stay();
        return lookers::leave;
    }

    /** The world as it is now; waits for the next look when the last was too long ago. */
    public Seen glance(Duration atMost) throws InterruptedException {
        lookers.glance();
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!fresh() && left > 0) {
                left = seen.awaitNanos(left);
            }
            return Optional.ofNullable(last)
                    .filter(found -> fresh())
                    .orElseThrow(() -> Failure.of(Diagnostic.of(
                            "world-slow",
                            "the world was not seen within " + Durations.spoken(atMost),
                            "Try again; 'meridian status' tells what does not answer.")));
        } finally {
            lock.unlock();
        }
    }

    /** The probes of the last minutes, oldest first. */
    public List<?> probes() {
        return probes.recent();
    }

    /** The present counts of each region's origins, where somebody counts. */
    public Map<RegionName, List<OriginMetrics>> counts() {
        return rates.counts();
    }

    /** What was seen of a rollout's canaries since the dashboard began, oldest first. */
    public List<CanaryView> canaries(int rollout) {
        return canaries.of(rollout);
    }

    /** Tells those who listen a step of a rollout. */
    public void tell(RolloutStep step) {
        feeds.add(Frame.of("rollout", step));
    }

    private boolean fresh() {
        Seen found = last;
        return found != null && world.time().agingNanos() - found.nanos < FRESH.toNanos();
    }

    private void run() throws InterruptedException {
        while (lookers.await()) {
            long begin = world.time().nanos();
            look();
            Duration left = EVERY.minusNanos(world.time().nanos() - begin);
            world.time().sleep(left.isPositive() ? left : Duration.ofMillis(100));
        }
    }

    private void look() throws InterruptedException {
        try {
            world.tasks().forEach(workspace.app().regions(), region -> rates.look(region.name()));
            Observation observed = paced.world().patience().retry(paced.world()::observe);
            StatusReport report = status.of(observed);
            services.look(observed);
            List<Server> servers = fleet.seen().servers();
            rates.tidy(servers.stream().map(Server::name).collect(Collectors.toSet()));
            usages.look(servers);
            rollouts.look();
            compare(report);
            show(assembly.of(report, servers, rollouts.running()));
        } catch (Failure e) {
            LOG.debug("the world can't be seen", e);
            Seen before = last;
            show(before == null ? assembly.nothing(e.diagnostic()) : before.view.old(e.diagnostic()));
        } catch (RuntimeException e) {
            // A bug in one look must not end the watch; the next may be good again.
            LOG.warn("a look at the world failed", e);
        }
    }

    private void compare(StatusReport report) {
        rollouts.running().ifPresent(rollout -> report.regions().forEach(region -> canaries.look(rollout, region, rates)
                .ifPresent(view -> tell(new RolloutStep(
                        rollout.number(),
                        "canary",
                        view.at(),
                        Optional.of(view.region()),
                        rollout.to() + " has " + view.share() + " % of the traffic")))));
    }

    private void show(WorldView view) {
        Seen found = new Seen(world.time().now(), world.time().agingNanos(), view);
        lock.lock();
        try {
            boolean same = last != null && last.view.equals(view);
            last = found;
            if (!same) {
                feeds.state(Frame.of("world", found.json()));
            }
            seen.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Workspace paced() {
        World seldom = new World(
                new Fleets(List.of(fleet)),
                world.hosts(),
                world.traffic(),
                world.metrics(),
                world.prober(),
                world.hooks(),
                world.time(),
                world.tasks(),
                // What is out of reach is in each view; who looks once a second need not be told as often.
                event -> {});
        return new Workspace(
                workspace.app(),
                seldom,
                workspace.state(),
                workspace.registry(),
                workspace.secrets(),
                workspace.who(),
                workspace.lockWait());
    }

    @Override
    public void close() {
        lookers.end();
        running.forEach(Tasks.Background::close);
    }

    /** Somebody's stay. */
    @FunctionalInterface
    public interface Look extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * The world at a moment.
     *
     * @param at    when
     * @param nanos the same by the counter that measures
     * @param view  what was seen
     */
    public record Seen(Instant at, long nanos, WorldView view) {
        /** As clients get it. */
        public Timed json() {
            return new Timed(at, view);
        }
    }

    /** The world with the time, on one level. */
    public record Timed(Instant at, @JsonUnwrapped WorldView view) {}
}
