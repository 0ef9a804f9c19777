package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.model.Origin;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.Workspace;
import org.meridian.core.rollout.Fleets;
import org.meridian.core.rollout.Hooks;
import org.meridian.core.rollout.World;

/**
 * Servers, an edge and readers in memory, in virtual time, with faults that a test sets and invariants that are checked
 * after every effect.
 */
public final class SimulatedWorld {
    /** How long a server takes to boot. */
    public static final Duration BOOT = Duration.ofSeconds(8);

    private static final Duration EDGE_SEES_AFTER = Duration.ofMillis(1_500);
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(2);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(2);

    final App app;
    final Scheduler scheduler;
    final Random random;
    final Map<ServerName, SimulatedServer> servers = new TreeMap<>();
    final Map<RegionName, Map<ServerName, SimulatedOrigin>> pools = new TreeMap<>();
    final Invariants invariants;
    private final SimulatedState state = new SimulatedState();
    private final List<RolloutEvent> events = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private final Map<String, Integer> effectsToFail = new HashMap<>();
    private final Set<ReleaseId> neverHealthy = new HashSet<>();
    private final Set<ReleaseId> failsUnderTraffic = new HashSet<>();
    private final Map<RegionName, Instant> cutAt = new HashMap<>();
    private final Map<ServerName, Instant> diesAt = new HashMap<>();
    private String image = "sha256:" + "0".repeat(64);
    private int effects;
    private int crashAt = Integer.MAX_VALUE;

    /** A world without servers for this app; everything random in it comes from the seed. */
    public SimulatedWorld(App app, long seed) {
        this.app = app;
        this.scheduler = new Scheduler(seed);
        this.random = new Random(seed);
        this.invariants = new Invariants(this);
    }

    /** The workspace in which a deployer acts on this world. */
    public Workspace workspace() {
        World world = new World(
                new Fleets(List.of(new SimulatedFleet(this))),
                new SimulatedHosts(this),
                new SimulatedTraffic(this),
                region -> List.of(),
                new SimulatedProber(this),
                Hooks.none(sink(), scheduler),
                scheduler,
                scheduler,
                sink());
        return new Workspace(app, world, state, wanted -> wanted.withDigest(image), List.of(), "simulated");
    }

    private EventSink sink() {
        return event -> {
            events.add(event);
            if (!(event instanceof RolloutEvent.Probed)) {
                history.add(scheduler.now() + " event " + event);
            }
        };
    }

    /** The image that tags point to from now; another one makes another release. */
    public void publish(int version) {
        image = "sha256:" + String.format("%064x", version);
    }

    /** A release whose app never answers well. */
    public void neverHealthy(ReleaseId release) {
        neverHealthy.add(release);
    }

    /** A release whose health check is good and whose pages fail. */
    public void failsUnderTraffic(ReleaseId release) {
        failsUnderTraffic.add(release);
    }

    /** A server that dies at that time after now, whether it exists yet or not. */
    public void dies(ServerName server, Duration after) {
        diesAt.put(server, scheduler.now().plus(after));
    }

    /** A server that is there dies now. */
    public void kill(ServerName server) {
        requireNonNull(servers.get(server), "there is no " + server).diesAt = Optional.of(scheduler.now());
    }

    /** A region that nobody reaches from that time after now. */
    public void cut(RegionName region, Duration after) {
        cutAt.put(region, scheduler.now().plus(after));
    }

    /** The region is reached again. */
    public void mend(RegionName region) {
        cutAt.remove(region);
    }

    /** Lets the next {@code times} effects of this kind fail, such as {@code pull}. */
    public void fail(String kind, int times) {
        effectsToFail.put(kind, times);
    }

    /** Kills the deployer at the n-th instant from now; each effect has two, before it and after it. */
    public void crashAfter(int instants) {
        crashAt = effects + instants;
    }

    /** How many instants at which a deployer can be killed have passed. */
    public int instants() {
        return effects;
    }

    /** A new deployer may act after a crash; no further one is planned. */
    public void revive() {
        crashAt = Integer.MAX_VALUE;
        scheduler.revive();
        state.unlock();
    }

    /** Lets time pass. */
    public void pass(Duration duration) throws InterruptedException {
        scheduler.sleep(duration);
    }

    /** Everything that happened, for a failure's message. */
    public String history() {
        return String.join("\n", history);
    }

    /** The events so far. */
    public List<RolloutEvent> events() {
        return List.copyOf(events);
    }

    /** The names of all servers there are. */
    public Set<ServerName> serverNames() {
        return Set.copyOf(servers.keySet());
    }

    /** The release that takes a region's traffic; throws IllegalStateException unless it is exactly one. */
    public ReleaseId serving(RegionName region) {
        Set<ReleaseId> releases = servingReleases(region);
        if (releases.size() != 1) {
            throw new IllegalStateException(region + " serves " + releases);
        }
        return releases.iterator().next();
    }

    Set<ReleaseId> servingReleases(RegionName region) {
        Set<ReleaseId> releases = new HashSet<>();
        for (SimulatedOrigin origin : pools.getOrDefault(region, Map.of()).values()) {
            SimulatedServer server = servers.get(origin.server);
            if (origin.serving() && server != null) {
                releases.add(server.spec.release());
            }
        }
        return releases;
    }

    void born(SimulatedServer server) {
        server.diesAt = Optional.ofNullable(diesAt.get(server.spec.name()));
        servers.put(server.spec.name(), server);
    }

    boolean reachable(RegionName region, Instant at) {
        Instant since = cutAt.get(region);
        return since == null || at.isBefore(since);
    }

    /** Whether the app on a server answers its health check well. */
    boolean healthy(SimulatedServer server, Instant at) {
        boolean up = server.startedAt
                .filter(started -> !at.isBefore(started.plus(HEALTHY_AFTER)))
                .isPresent();
        return up && !server.dead(at) && !neverHealthy.contains(server.spec.release());
    }

    boolean pagesFail(ReleaseId release) {
        return failsUnderTraffic.contains(release);
    }

    /** The edge's view, which lags behind what is. */
    Origin.Health edgeHealth(SimulatedOrigin origin) {
        Instant now = scheduler.now();
        Instant before = now.minus(EDGE_SEES_AFTER);
        if (before.isBefore(origin.joinedAt)) {
            return Origin.Health.UNKNOWN;
        }
        SimulatedServer server = servers.get(origin.server);
        boolean good = server != null && healthy(server, before) && reachable(server.region, before);
        return good ? Origin.Health.HEALTHY : Origin.Health.UNHEALTHY;
    }

    Duration longestRequest() {
        return LONGEST_REQUEST;
    }

    /** Does something that changes the world: it takes time, may fail or be the deployer's last, and is checked. */
    void effect(String kind, String what, Runnable change) throws InterruptedException {
        latency();
        instant();
        requireNotPlannedToFail(kind, what);
        history.add(scheduler.now() + " " + kind + " " + what);
        change.run();
        invariants.check(kind + " " + what);
        instant();
    }

    /** Looks at the world, which takes a little time. */
    void look() throws InterruptedException {
        scheduler.sleep(Duration.ofMillis(5));
    }

    private void latency() throws InterruptedException {
        scheduler.sleep(Duration.ofMillis(10 + random.nextInt(90)));
    }

    private void instant() {
        scheduler.check();
        if (++effects >= crashAt) {
            history.add(scheduler.now() + " CRASH");
            scheduler.crash();
        }
    }

    private void requireNotPlannedToFail(String kind, String what) {
        int left = effectsToFail.getOrDefault(kind, 0);
        if (left > 0) {
            effectsToFail.put(kind, left - 1);
            history.add(scheduler.now() + " FAILS " + kind + " " + what);
            throw SimulatedFailure.of(kind, what);
        }
    }
}
