package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Act;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/**
 * What must always hold, checked around every effect.
 *
 * <p>They judge what the deployer does, not what befalls the world: a server that dies by itself breaks nothing here, but
 * a deployer that goes on as if it lived does. The edge's view lags, so what it showed a moment ago excuses.
 */
public final class Invariants {
    private static final long MOMENT = Duration.ofSeconds(3).toNanos();
    /** How long a region may be unhealthy without anybody having to know. */
    private static final long LASTING = Duration.ofSeconds(15).toNanos();

    /** How long the edge has to see a fleet unhealthy before a deployer may take its traffic from it. */
    private static final long HIDDEN = Duration.ofSeconds(8).toNanos();

    /** How long before its end a rollout has looked at proxies for the last time. */
    private static final long LAST_LOOK = Duration.ofMinutes(1).toNanos();

    /** Those of what is done beside answering requests. */
    final WorkInvariants work;

    final KeyInvariants keys;

    private final SimulatedWorld world;
    private final Map<ReleaseId, Double> sharesBefore = new HashMap<>();
    private final Map<RegionName, Set<ReleaseId>> everServed = new HashMap<>();
    private final Map<String, Long> raisedAt = new HashMap<>();
    private final List<SimulatedOrigin> servedBefore = new ArrayList<>();
    private int carryingBefore;

    Invariants(SimulatedWorld world) {
        this.world = world;
        this.work = new WorkInvariants(world);
        this.keys = new KeyInvariants(world);
    }

    /** I6 and the journal, when an act is sent. */
    void mayAct(Deployer by, Effect effect, RegionName region, Object what) {
        @Nullable ServerName server = what instanceof ServerName name ? name : null;
        boolean intended = effect.act()
                .map(kind -> world.state.intends(kind, region, server) || preparesToo(effect))
                .orElse(true);
        // Between an intent and its act, and while the store is silent, nothing tells a deployer that a person broke
        // its lock.
        boolean cannotKnow = intended || world.conditions.storeIsDown();
        require(
                world.state.holds(by) || (world.state.heldLast(by) && cannotKnow),
                "I6",
                () -> by + " does " + effect + " " + what + " and does not have the lock");
        require(
                intended || by.storeFailed,
                "journal",
                () -> by + " does " + effect + " " + what + " and the journal does not say so");
    }

    /** A change of a pool makes the proxies ready on machines that have joined since. */
    private boolean preparesToo(Effect effect) {
        return world.proxied
                && effect == Effect.EDGE
                && world.state.unended().stream()
                        .anyMatch(intent -> intent.act().kind() == Act.Kind.SET_POOL);
    }

    /** Looks at a pool before an effect. */
    void before(SimulatedPool pool, int machine, long sentAt) {
        carryingBefore = pool.carrying(sentAt, MOMENT);
        sharesBefore.clear();
        servedBefore.clear();
        pool.origins.values().stream().filter(SimulatedOrigin::serving).forEach(servedBefore::add);
        pool.serving(machine).forEach(release -> sharesBefore.put(release, pool.share(release, machine)));
    }

    /** I1, I3 and I5, after an effect on a region's pool. */
    void after(Deployer by, SimulatedPool pool, int machine, long sentAt, Object effect) {
        Set<ReleaseId> serving = pool.serving(machine);
        everServed(pool.region).addAll(serving);
        requireOneRelease(by, pool, machine, serving, effect);
        requireCarried(by, pool, sentAt, effect);
        for (ReleaseId release : serving) {
            if (pool.share(release, machine) > sharesBefore.getOrDefault(release, 0.0) + 1e-9) {
                requireJudged(by, pool, release, sentAt);
                requireCounted(by, pool, machine, release);
                raisedAt.put(place(pool, machine), world.scheduler.nanos());
                boolean keeps = effect == Effect.DRAIN && by.from().equals(Optional.of(release));
                if (pool.region.equals(world.app.primary()) && !keeps) {
                    requireMayMove(by, release, sentAt);
                }
            }
        }
    }

    private static String place(SimulatedPool pool, int machine) {
        return pool.region + " " + machine;
    }

    /** A release that its judge found bad gets no further request. */
    private void requireJudged(Deployer by, SimulatedPool pool, ReleaseId release, long sentAt) {
        require(
                by.judgedBadAt > sentAt || by.to().filter(release::equals).isEmpty(),
                "canary",
                () -> pool.region + " moves on to " + release + ", which was judged bad");
    }

    /** A canary gets further requests only when what it answered to those that it had is known. */
    private void requireCounted(Deployer by, SimulatedPool pool, int machine, ReleaseId release) {
        double before = sharesBefore.getOrDefault(release, 0.0);
        boolean judged = world.app.rollout().canary().isPresent()
                && by.to().filter(release::equals).isPresent()
                && !by.reverting
                && !by.rollsBack()
                && !by.scales();
        boolean further = judged && before > 0 && before < 1;
        require(
                !further
                        || by.countedAt(pool.region) > raisedAt.getOrDefault(place(pool, machine), 0L)
                        || unseen(by, pool).contains(machine),
                "canary",
                () -> pool.region + " moves on to " + release + ", and nobody knows what that answered at "
                        + Math.round(100 * before) + " %");
    }

    /** I5, a canary's window being the one time when two releases serve. */
    private void requireOneRelease(
            Deployer by, SimulatedPool pool, int machine, Set<ReleaseId> serving, Object effect) {
        boolean window = world.app.rollout().canary().isPresent() && by.covers(serving);
        require(
                serving.size() <= 1
                        || window
                        || pool.servingBut(unseen(by, pool), machine).size() <= 1,
                "I5",
                () -> pool.region + " serves " + serving + " after " + effect);
    }

    /** I3: a deployer never leaves a region with fewer healthy origins than it needs and had, unless it goes back. */
    private void requireCarried(Deployer by, SimulatedPool pool, long sentAt, Object effect) {
        int carrying = pool.carrying(sentAt, MOMENT);
        int needed = Math.min(by.wants(pool.region) - by.mayMiss, carryingBefore);
        boolean elsewhere = carrying > 0 || world.pool(world.app.primary()).carrying(sentAt, MOMENT) > 0;
        boolean nothingBefore = by.reverting
                && world.servers.values().stream()
                        .noneMatch(server -> server.region.equals(pool.region)
                                && by.to().filter(server.spec.release()::equals).isEmpty());
        boolean excused = nothingBefore || (by.reverting && (elsewhere || by.targetFlawed() || by.askedToGoBack));
        require(
                carrying >= needed
                        || excused
                        || carriesAsKnown(by, pool, sentAt, needed)
                        || (by.reverting && hidden(pool, sentAt))
                        || world.edgeFailedSince(sentAt - Duration.ofSeconds(30).toNanos()),
                "I3",
                () -> pool.region + " has " + carrying + " healthy origins in traffic after " + effect + ", had "
                        + carryingBefore + " and needs "
                        + by.wants(pool.region));
    }

    /** Whether a region would carry enough with what this deployer has to believe of proxies that restarted: a server on each. */
    private boolean carriesAsKnown(Deployer by, SimulatedPool pool, long sentAt, int needed) {
        Set<Integer> unseen = unseen(by, pool);
        return !unseen.isEmpty() && pool.carryingBut(unseen, sentAt, MOMENT) + unseen.size() >= needed;
    }

    private Set<Integer> unseen(Deployer by, SimulatedPool pool) {
        return world.proxies.unseen(by, pool.region);
    }

    /** Whether the edge has shown none of what served before as healthy for a while, whatever it is: it gets no request. */
    private boolean hidden(SimulatedPool pool, long sentAt) {
        for (long at = sentAt; at >= sentAt - HIDDEN; at -= HIDDEN / 40) {
            for (SimulatedOrigin origin : servedBefore) {
                if (pool.health(origin, at) == Origin.Health.HEALTHY) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * I1: the primary's users move only to a release that every other region serves healthily, or back. What they had
     * and still have may get more of them when a server of the other leaves, since they have to go somewhere. A rollback
     * leaves out regions that it says it leaves out, and ones whose servers it has yet to make.
     */
    private void requireMayMove(Deployer by, ReleaseId release, long sentAt) {
        if (by.reverting && by.from().equals(Optional.of(release))) {
            return;
        }
        for (Region region : world.app.regions()) {
            if (!region.name().equals(world.app.primary()) && !by.mayLeaveOut(region.name())) {
                SimulatedPool pool = world.pool(region.name());
                require(
                        pool.serving().equals(Set.of(release)) || servesAsKnown(by, pool, release),
                        "I1",
                        () -> "the primary moves to " + release + " while " + region.name() + " serves "
                                + pool.serving());
                require(
                        !unhealthyForLong(pool, sentAt)
                                || by.rollsBack()
                                || world.edgeFailedSince(
                                        sentAt - Duration.ofSeconds(30).toNanos()),
                        "I1",
                        () -> "the primary moves to " + release + " while " + region.name() + " is unhealthy");
            }
        }
    }

    private boolean servesAsKnown(Deployer by, SimulatedPool pool, ReleaseId release) {
        Set<Integer> unseen = unseen(by, pool);
        return !unseen.isEmpty() && Set.of(release).containsAll(pool.servingBut(unseen, SimulatedPool.EVERYWHERE));
    }

    private static boolean unhealthyForLong(SimulatedPool pool, long sentAt) {
        return pool.origins.values().stream().filter(SimulatedOrigin::serving).anyMatch(origin -> {
            for (long at = sentAt; at >= sentAt - LASTING; at -= LASTING / 5) {
                if (pool.health(origin, at) != Origin.Health.UNHEALTHY) {
                    return false;
                }
            }
            return true;
        });
    }

    /** What a rollout says its regions had before is what they had, or had once where it goes on with another. */
    void requireTruePast(RolloutRecord rollout, Plan plan) {
        for (SimulatedPool pool : world.pools.values()) {
            Set<ReleaseId> serving = pool.serving();
            @Nullable ReleaseId former = rollout.former().get(pool.region);
            boolean goesOn = serving.contains(rollout.to());
            if (former != null && plan.covers(pool.region) && !serving.isEmpty()) {
                require(
                        serving.contains(former)
                                || (goesOn && everServed(pool.region).contains(former)),
                        "I4",
                        () -> rollout + " says that " + pool.region + " had " + former + ", and it has " + serving);
            }
        }
    }

    private Set<ReleaseId> everServed(RegionName region) {
        return everServed.computeIfAbsent(region, name -> new HashSet<>());
    }

    /** I2: an origin that leaves its pool has no traffic and nothing in flight. */
    void mayApply(SimulatedPool pool, Set<ServerName> staying) {
        for (ServerName server : pool.origins.keySet()) {
            if (!staying.contains(server)) {
                mayDestroy(server);
            }
        }
    }

    /** I2, of one machine. */
    void mayApply(Deployer by, SimulatedProxy proxy, Set<ServerName> staying) {
        if (!unseen(by, proxy.pool).contains(proxy.machine)) {
            for (SimulatedOrigin origin : proxy.pool.at(proxy.machine)) {
                if (!staying.contains(origin.server)) {
                    mayDestroy(origin.server);
                }
            }
        }
    }

    /** I2: a server with traffic, or with requests in flight before its drain time is over, is never destroyed. */
    void mayDestroy(ServerName name) {
        SimulatedServer server = world.servers.get(name);
        long now = world.scheduler.nanos();
        if (server == null || server.dead(now)) {
            return;
        }
        SimulatedOrigin origin = world.pool(server.region).origins.get(name);
        if (origin != null) {
            require(!origin.serving(), "I2", () -> name + " takes traffic and goes");
            mayDisconnect(origin);
        }
    }

    /** I2: a request in flight is not ended before its drain time is over. */
    void mayDisconnect(SimulatedOrigin origin) {
        long allowed =
                Math.min(world.longestRequest(), world.app.rollout().drain().toNanos());
        require(
                origin.inFlight(world.scheduler.nanos(), allowed) == 0,
                "I2",
                () -> origin.server + " has requests in flight and loses them");
    }

    /** I4: every server belongs to one of the releases that account for its region's. */
    void requireNoOrphans(Function<RegionName, Set<ReleaseId>> accountedFor) {
        for (SimulatedServer server : world.servers.values()) {
            require(
                    accountedFor.apply(server.region).contains(server.spec.release()),
                    "I4",
                    () -> server.spec.name() + " belongs to none of " + accountedFor.apply(server.region));
        }
    }

    /** I4 of a release's own servers: a rollout that ended well has left as many as were wanted, and a scaling all of them. */
    void requireCounted(Deployer by, Plan plan) {
        for (RegionPlan region : plan.regions()) {
            int wanted = by.wants(region.name());
            for (SimulatedServer server : world.servers.values()) {
                boolean beyond = server.region.equals(region.name())
                        && server.spec.release().equals(plan.target().id())
                        && server.spec.name().number() > wanted;
                require(!beyond, "I4", () -> server.spec.name() + " is beyond the " + wanted + " that are wanted");
            }
            long serving = world.pool(region.name()).origins.values().stream()
                    .filter(SimulatedOrigin::serving)
                    .count();
            require(
                    !plan.scales()
                            || serving == wanted
                            || !unseenAtRest(by, world.pool(region.name())).isEmpty(),
                    "I4",
                    () -> region.name() + " was scaled to " + wanted + " and has " + serving + " in traffic");
        }
    }

    /** I4 when it was put back: a release that stays has the servers that it had, and those that are there take requests. */
    void requireFormerNumbers(Plan plan) {
        for (RegionPlan region : plan.regions()) {
            if (region.before() > 0) {
                requireFormerNumber(region, plan.target().id());
            }
        }
    }

    private void requireFormerNumber(RegionPlan region, ReleaseId release) {
        for (SimulatedServer server : world.servers.values()) {
            if (server.region.equals(region.name()) && server.spec.release().equals(release)) {
                int number = server.spec.name().number();
                SimulatedOrigin origin = world.pool(region.name()).origins.get(server.spec.name());
                require(
                        number <= region.before() && (origin == null || origin.serving()),
                        "I4",
                        () -> region.name() + " had " + region.before() + " servers, and " + server.spec.name()
                                + " is not as it was");
            }
        }
    }

    /** I5 at rest: each region serves one release, and no canary is left half-way. */
    void requireWhole(Deployer by) {
        for (SimulatedPool pool : world.pools.values()) {
            requireWhole(pool, unseenAtRest(by, pool));
        }
    }

    /** Of a region that a rollout leaves to others also what it may have seen: it is not to touch it. */
    private Set<Integer> unseenAtRest(Deployer by, SimulatedPool pool) {
        boolean leavesOut = by.plan().filter(plan -> plan.covers(pool.region)).isEmpty();
        return leavesOut
                ? world.proxies.restarted(pool.region)
                : world.proxies.unseenAtRest(by, pool.region, LAST_LOOK);
    }

    private void requireWhole(SimulatedPool pool, Set<Integer> unseen) {
        Set<ReleaseId> serving = pool.servingBut(unseen, SimulatedPool.EVERYWHERE);
        require(serving.size() <= 1, "I5", () -> pool.region + " is left serving " + serving);
        // A weight of 0 alone leaves users with an affinity where they are.
        for (SimulatedOrigin origin : pool.origins.values()) {
            require(
                    origin.serving() || origin.draining || unseen.contains(origin.machine),
                    "I5",
                    () -> pool.region + " is left with " + origin.server + " at weight 0 and not drained");
        }
    }

    /** I7: the planted secret is nowhere to be read. */
    void requireSecretsKept() {
        String secret = SimulatedSecrets.VALUE;
        require(!world.chronicle.tells(secret), "I7", () -> "a secret is in what was told or written");
        require(
                !(world.state.journal() + "" + world.state.rollouts + world.state.releases + world.state.receipts)
                        .contains(secret),
                "I7",
                () -> "a secret is in the store");
    }

    /** Every release that takes traffic anywhere. */
    Set<ReleaseId> servingAnywhere() {
        Set<ReleaseId> serving = new HashSet<>();
        world.pools.values().forEach(pool -> serving.addAll(pool.serving()));
        return serving;
    }

    void require(boolean holds, String invariant, Supplier<String> what) {
        if (!holds) {
            throw world.violated(new Violation(invariant, what.get()));
        }
    }
}
