package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Answer;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreMark;
import org.meridian.core.operation.Workspace;
import org.meridian.core.rollout.Fleets;
import org.meridian.core.rollout.Hooks;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.Ownership;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.core.traffic.ProxyOnEachMachine;

/**
 * Servers, an edge, a store and users in memory, in virtual time, with faults that a test sets and invariants that are
 * checked after every effect.
 */
public final class SimulatedWorld {
    /** How long a server takes to boot. */
    public static final Duration BOOT = Duration.ofSeconds(8);

    private static final long LONGEST_REQUEST = 2_000_000_000L;

    /** What the configuration file says now. */
    App app;

    final Scheduler scheduler;
    final SplittableRandom random;
    final Chronicle chronicle;
    final Conditions conditions;
    final Invariants invariants;
    final SimulatedUsers users;
    final Tally tally = new Tally();
    final SimulatedState state = new SimulatedState(1);
    final SimulatedSecrets secrets = new SimulatedSecrets();
    final Map<ServerName, SimulatedServer> servers = new LinkedHashMap<>();
    final Map<RegionName, SimulatedPool> pools = new TreeMap<>();
    private final SimulatedCalls calls = new SimulatedCalls(this);
    final SimulatedProxies proxies = new SimulatedProxies(this);
    /** Whether users come to the machines, with a proxy on each, and not to an edge. */
    final boolean proxied;

    final SimulatedData data = new SimulatedData(this);
    private final SimulatedRegistry registry = new SimulatedRegistry();
    private final Map<RegionName, String> providers = new HashMap<>();
    private final List<RolloutEvent> events = new ArrayList<>();

    /** How many servers of a provider may start at once. */
    OptionalInt startsAtOnce = OptionalInt.empty();

    private final List<Deployer> deployers = new ArrayList<>();
    private @Nullable Violation violation;
    private int addresses;
    private int crashAt = Deployer.NEVER;
    boolean counting;
    private boolean storeSeesDeath = true;
    private boolean commandsFail;
    private boolean approves;
    Pace pace = Pace.BRISK;
    Runnable beforeChanges = () -> {};
    private Consumer<RolloutEvent> listener = event -> {};

    /** A world without servers for this app; everything random in it comes from the seed. */
    public SimulatedWorld(App app, long seed) {
        this(app, seed, false);
    }

    /** The same; with a proxy on each machine instead of an edge, or not. */
    SimulatedWorld(App app, long seed, boolean proxied) {
        this.app = app;
        this.proxied = proxied;
        this.scheduler = new Scheduler(seed);
        this.random = new SplittableRandom(seed);
        this.chronicle = new Chronicle(scheduler);
        this.conditions = new Conditions(scheduler);
        this.invariants = new Invariants(this);
        this.users = new SimulatedUsers(this);
        this.counting = app.rollout().canary().isPresent();
        app.regions().forEach(region -> providers.put(region.name(), region.provider()));
    }

    /** The workspace in which a new deployer acts on this world. */
    public Workspace workspace() {
        return workspace(deployer("deployer-" + (deployers.size() + 1)));
    }

    Deployer deployer(String name) {
        Deployer deployer = new Deployer(this, name);
        if (crashAt != Deployer.NEVER) {
            deployer.killAfter(crashAt);
        }
        deployers.add(deployer);
        return deployer;
    }

    Workspace workspace(Deployer deployer) {
        return workspace(deployer, app);
    }

    /** The workspace of a deployer that read this in the configuration. */
    Workspace workspace(Deployer deployer, App read) {
        return workspace(deployer, read, state);
    }

    /** The workspace of a deployer who has a state of its own, which knows nothing of this world. */
    public Workspace elsewhere() {
        return workspace(deployer("deployer-elsewhere"), app, new SimulatedState(2));
    }

    private Workspace workspace(Deployer deployer, App read, SimulatedState remembered) {
        deployer.read(read);
        SimulatedStore store = new SimulatedStore(this, remembered, deployer);
        Ownership ownership = new Ownership(remembered::identity);
        World world = new World(
                new Fleets(providers.values().stream()
                        .distinct()
                        .<org.meridian.core.spi.FleetDriver>map(
                                provider -> new SimulatedFleet(this, deployer, provider, ownership))
                        .toList()),
                new SimulatedHosts(this, deployer),
                traffic(deployer),
                new SimulatedMetrics(this, deployer),
                new SimulatedProber(this, deployer),
                Hooks.none(sink(deployer), deployer),
                deployer,
                deployer,
                sink(deployer));
        return new Workspace(read, world, store, registry, List.of(secrets), deployer.name);
    }

    private TrafficDriver traffic(Deployer deployer) {
        TrafficDriver edge = new SimulatedTraffic(this, deployer);
        return proxied ? new ProxyOnEachMachine(SimulatedMachine.all(this, deployer), edge.address(), deployer) : edge;
    }

    private EventSink sink(Deployer deployer) {
        return event -> {
            deployer.check();
            deployer.told(event);
            events.add(event);
            listener.accept(event);
            if (approves && event instanceof RolloutEvent.ApprovalNeeded needed) {
                state.answers.put(
                        needed.rollout(),
                        new Answer(needed.rollout(), Answer.Verdict.PROMOTE, "somebody", scheduler.now()));
            }
            // The store's writes are in the chronicle already.
            if (event instanceof RolloutEvent.Probed || event instanceof RolloutEvent.Journalled) {
                return;
            }
            chronicle.add(deployer, "event", event);
        };
    }

    /** The image that tags point to from now; another one makes another release. */
    public void publish(int version) {
        registry.publish(version);
    }

    /** A release whose app never answers well. */
    public void neverHealthy(ReleaseId release) {
        conditions.flaw(release, Flaw.NEVER_HEALTHY);
    }

    /** A release whose health check is good and whose pages fail. */
    public void failsUnderTraffic(ReleaseId release) {
        conditions.flaw(release, Flaw.errors(100));
    }

    /** A release of whose pages so many in a hundred fail. */
    public void failsUnderTraffic(ReleaseId release, int percent) {
        conditions.flaw(release, Flaw.errors(percent));
    }

    /** A server that dies at that time after now, whether it exists yet or not. */
    public void dies(ServerName server, Duration after) {
        conditions.dies(server, after);
    }

    /** A server that is there dies now. */
    public void kill(ServerName server) {
        requireNonNull(servers.get(server), () -> "there is no " + server).die(scheduler.nanos());
        pools.values().forEach(SimulatedPool::changed);
    }

    /** A region that nobody reaches from that time after now. */
    public void cut(RegionName region, Duration after) {
        conditions.cut(region, after, Duration.ofDays(365));
        pools.values().forEach(SimulatedPool::changed);
    }

    /** From now on nobody can look at the n-th machine of a region; its servers go on serving. */
    public void hide(RegionName region, int machine) {
        conditions.outOfReach(region, machine);
    }

    /** The region is reached again. */
    public void restore(RegionName region) {
        conditions.restore(region);
        pools.values().forEach(SimulatedPool::changed);
    }

    /** Lets the next {@code times} calls of this kind fail. */
    public void fail(Effect effect, int times) {
        conditions.trouble(effect, 0, times, Trouble.How.FAILS, Duration.ZERO);
    }

    /** Lets the next {@code times} calls of this kind get no answer; whether they happened is left open. */
    public void lose(Effect effect, int times) {
        conditions.trouble(effect, 0, times, Trouble.How.LOST, Duration.ZERO);
    }

    /** From now on one call in so many is slow or gets no answer, whether it happens or not; by the seed. */
    public void busy(int oneIn) {
        conditions.busy(random, oneIn);
    }

    /** Kills the next deployer at its n-th instant; each effect has two, before it and after it. */
    public void crashAfter(int instants) {
        crashAt = instants;
    }

    /** How many acts have changed the world, or tried to. */
    public int effects() {
        return calls.effects();
    }

    /** Does this when a rollout begins to go back. */
    public void onceReverting(Runnable what) {
        listener = event -> {
            if (event instanceof RolloutEvent.Reverting) {
                what.run();
            }
        };
    }

    /** Does this when a rollout first waits for servers that left traffic. */
    void onceDraining(Runnable what) {
        Consumer<RolloutEvent> before = listener;
        listener = event -> {
            if (event instanceof RolloutEvent.PhaseStarted started && started.phase() == RolloutEvent.Phase.DRAIN) {
                listener = before;
                what.run();
            }
        };
    }

    /** A new deployer may act after a crash; no further one is planned. */
    public void revive() {
        crashAt = Deployer.NEVER;
        for (Deployer deployer : deployers) {
            while (deployer.dead() && !deployer.fibers.isEmpty()) {
                scheduler.sleepThrough(1);
            }
        }
    }

    /** Lets time pass. */
    public void pass(Duration duration) throws InterruptedException {
        scheduler.sleep(duration);
    }

    /** Everything that happened, for a failure's message. */
    public String history() {
        return String.join("\n", chronicle.lines());
    }

    /** Forgets what happened, which takes much memory after big rollouts. */
    void forgetHistory() {
        chronicle.clear();
        events.clear();
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
        return pool(region).serving();
    }

    /** From now on things take as long as this says. */
    void pace(Pace other) {
        pace = other;
    }

    /** Does this before each effect. */
    void beforeChanges(Runnable what) {
        beforeChanges = what;
    }

    /** This deployer has a key of its own. */
    void losesKeys(Deployer deployer) {
        deployer.key = 1 + deployers.indexOf(deployer);
        conditions.keysAreLost();
        tally.add("keys lost");
    }

    boolean lockedOut(Deployer deployer, SimulatedServer server) {
        return conditions.keysLost() && server.key != deployer.key;
    }

    void storeSeesDeath(boolean sees) {
        storeSeesDeath = sees;
    }

    boolean storeSeesDeath() {
        return storeSeesDeath;
    }

    void commandsFail(boolean fail) {
        commandsFail = fail;
    }

    boolean commandsFail() {
        return commandsFail;
    }

    /** Somebody is there who approves whatever is asked. */
    void approves() {
        approves = true;
    }

    List<Deployer> deployers() {
        return deployers;
    }

    void countUsers() {
        counting = true;
    }

    boolean countsUsers() {
        return counting;
    }

    String provider(RegionName region) {
        return requireNonNull(providers.get(region));
    }

    SimulatedPool pool(RegionName region) {
        SimulatedPool pool = pools.get(region);
        if (pool == null) {
            pool = new SimulatedPool(this, region);
            pools.put(region, pool);
        }
        return pool;
    }

    /** Makes a server; one that is dead may come back as it was, or blank. */
    void create(ServerSpec spec, RegionName region, Optional<StoreMark> store, int key) {
        SimulatedServer dead = servers.get(spec.name());
        String address = dead == null ? "10.0.0." + ++addresses : dead.address;
        long boot = pace.boot(random) + conditions.slowBootNanos();
        SimulatedServer server =
                new SimulatedServer(spec, region, store, address, scheduler.nanos(), boot, pace.healthy(random));
        server.key = key;
        conditions.born(server);
        if (dead != null && random.nextBoolean()) {
            server.wakeAs(dead);
        }
        servers.put(spec.name(), server);
    }

    /** What ran on it runs again after the boot. */
    void reboot(SimulatedServer former) {
        SimulatedServer booting = new SimulatedServer(
                former.spec,
                former.region,
                former.store,
                former.address,
                scheduler.nanos(),
                pace.boot(random),
                pace.healthy(random));
        booting.wakeAs(former);
        booting.workers = former.workers;
        booting.jobs = former.jobs;
        servers.put(former.spec.name(), booting);
        pool(former.region).changed();
    }

    void destroy(ServerName name) {
        SimulatedServer gone = servers.remove(name);
        if (gone != null) {
            data.goWith(gone);
        }
    }

    long longestRequest() {
        return LONGEST_REQUEST;
    }

    boolean edgeFailedSince(long since) {
        return calls.edgeFailedSince(since);
    }

    /** Remembers the first violation, since what follows from it says nothing new. */
    Violation violated(Violation found) {
        if (violation == null) {
            violation = found;
            chronicle.add(null, "VIOLATION", found);
        }
        return violation;
    }

    Optional<Violation> violation() {
        return Optional.ofNullable(violation);
    }

    /** Does something that changes the world: it takes time, may fail or be the deployer's last, and is checked. */
    void effect(Deployer by, Effect effect, RegionName region, Object what, Runnable change)
            throws InterruptedException {
        calls.effect(by, effect, region, what, change);
    }

    /** The same on one machine; where it does not happen, {@code half} of it may. */
    void effect(Deployer by, Effect effect, SimulatedProxy proxy, Object what, Runnable change, Runnable half)
            throws InterruptedException {
        calls.effect(by, effect, proxy, what, change, half);
    }

    /** Asks the world, which may take a little time or fail. */
    void look(Deployer by, Effect effect, Object what) throws InterruptedException {
        calls.look(by, effect, what);
    }

    /** The regions of the app. */
    List<Region> regions() {
        return app.regions();
    }
}
