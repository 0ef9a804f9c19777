package org.meridian.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meridian.core.canary.Verdict;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.Plan;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;

/** One process of Meridian in the simulated world: it has a clock and threads of its own, and can be killed or hang. */
final class Deployer implements Time, Tasks {
    /** What a plan of its end says when there is none. */
    static final int NEVER = Integer.MAX_VALUE;

    /** The deploy key that a team shares. */
    static final int TEAM = 0;

    final String name;
    final List<Fiber> fibers = new ArrayList<>();
    boolean reverting;
    boolean storeFailed;
    /** Which deploy key it has: the team's, or another. */
    int key = TEAM;
    /** The last rollout that it began, and did not merely undo. */
    int began;
    /** The servers that did not answer when it looked whether they let it in. */
    final Set<ServerName> unanswered = new HashSet<>();
    /** When its judge found the new release bad; NEVER while it did not. */
    long judgedBadAt = SimulatedServer.NEVER;
    /** Whether a person wants it to go back, come what may. */
    boolean askedToGoBack;
    /** How many machines of a region a person lets it take out of traffic at a time. */
    int mayMiss;
    /** The services that keep data and that its command names. */
    Set<String> worksOn = Set.of();
    /** The releases that took traffic somewhere when its rollout began. */
    Set<ReleaseId> servedBefore = Set.of();

    final KnownProxies knownProxies = new KnownProxies();
    private final Map<RegionName, Long> countedAt = new HashMap<>();
    private App app;
    private final Set<RegionName> told = new HashSet<>();
    private @Nullable Plan plan;
    private final SimulatedWorld world;
    private final Scheduler scheduler;
    private boolean dead;
    private long pausedUntil;
    private int instants;
    private int acts;
    private int killAt = NEVER;
    private int pauseAt = NEVER;
    private long pauseNanos;

    Deployer(SimulatedWorld world, String name) {
        this.world = world;
        this.scheduler = world.scheduler;
        this.name = name;
        this.app = world.app;
    }

    /** Has read this in the configuration, whatever is written into it later. */
    void read(App read) {
        app = read;
    }

    /** How many servers it wants in a region. */
    int wants(RegionName region) {
        return app.region(region).servers();
    }

    /** Ends it at the n-th instant from now. */
    void killAfter(int n) {
        killAt = instants + n;
    }

    /** Stops it for a while at the first instant after the n-th at which it has nothing under way. */
    void pauseAfter(int n, Duration howLong) {
        pauseAt = instants + n;
        pauseNanos = howLong.toNanos();
    }

    boolean dead() {
        return dead;
    }

    long pausedUntil() {
        return pausedUntil;
    }

    /** How many instants it has lived through. */
    int instants() {
        return instants;
    }

    /** Ends its threads when it was killed. */
    void check() {
        if (dead) {
            throw new SimulatedCrash();
        }
    }

    /** Between two things that others can see: here it may be killed. */
    void instant() {
        check();
        if (++instants >= killAt) {
            world.chronicle.add(this, "CRASH", "");
            world.tally.add("kills");
            kill();
            throw new SimulatedCrash();
        }
    }

    /** What it sent has arrived; it sees that when it hangs no more. */
    void awake() {
        if (pausedUntil > scheduler.nanos()) {
            scheduler.sleepThrough(pausedUntil - scheduler.nanos());
        }
    }

    /** It begins or ends an act of several effects, in the midst of which it does not hang. */
    void inAct(boolean begins) {
        acts += begins ? 1 : -1;
    }

    /** Between two things, nothing being under way: here it may also hang. */
    void idle() {
        if (instants >= pauseAt && acts == 0) {
            pauseAt = NEVER;
            pausedUntil = scheduler.nanos() + pauseNanos;
            world.chronicle.add(this, "HANGS", Duration.ofNanos(pauseNanos));
            world.tally.add("hangs");
            scheduler.sleepThrough(1);
            world.chronicle.add(this, "WAKES UP", "");
            check();
        }
    }

    void kill() {
        if (dead) {
            return;
        }
        dead = true;
        pausedUntil = 0;
        fibers.forEach(scheduler::wake);
    }

    /** Takes notice of what it tells about itself. */
    void told(RolloutEvent event) {
        switch (event) {
            case RolloutEvent.Started started -> {
                plan = started.plan();
                servedBefore = world.invariants.servingAnywhere();
                reverting = false;
                judgedBadAt = SimulatedServer.NEVER;
                told.clear();
                if (world.state.holds(this)) {
                    world.invariants.requireTruePast(started.rollout(), started.plan());
                    world.invariants.keys.requireLetIn(this, started.rollout(), started.plan());
                }
                world.tally.add("rollouts");
            }
            case RolloutEvent.Reverting back -> {
                reverting = true;
                world.tally.add("reverts");
            }
            case RolloutEvent.Judged judged -> {
                world.tally.add("canary judged " + judged.verdict().decision());
                if (judged.verdict().decision() == Verdict.Decision.BAD) {
                    judgedBadAt = Math.min(judgedBadAt, scheduler.nanos());
                }
            }
            case RolloutEvent.Failed failed -> failed.region().ifPresent(told::add);
            default -> {}
        }
    }

    /** Whether its rollout goes back, and may leave a region out: one whose servers are to be made, or that it told of. */
    boolean mayLeaveOut(RegionName region) {
        return plan != null
                && plan.rollsBack()
                && (told.contains(region)
                        || !plan.covers(region)
                        || !plan.region(region).toPrepare().isEmpty());
    }

    /** What its rollout set out to do. */
    Optional<Plan> plan() {
        return Optional.ofNullable(plan);
    }

    /** The release that its rollout goes to. */
    Optional<ReleaseId> to() {
        return Optional.ofNullable(plan).map(known -> known.target().id());
    }

    /** Whether its rollout puts a former release back. */
    boolean rollsBack() {
        return plan != null && plan.rollsBack();
    }

    /** Whether its rollout changes numbers of servers only. */
    boolean scales() {
        return plan != null && plan.scales();
    }

    /** The release that its rollout comes from. */
    Optional<ReleaseId> from() {
        return plan == null ? Optional.empty() : plan.from();
    }

    /** Whether its rollout moves between these releases. */
    boolean covers(Set<ReleaseId> releases) {
        return plan != null
                && releases.stream()
                        .allMatch(release -> release.equals(plan.target().id())
                                || from().equals(Optional.of(release))
                                || servedBefore.contains(release));
    }

    /** Whether the release that its rollout goes to has something wrong with it. */
    boolean targetFlawed() {
        return plan != null && !world.conditions.flawOf(plan.target()).none();
    }

    /** Its source of metrics has told it what a region's origins answered. */
    void counted(RegionName region) {
        countedAt.put(region, scheduler.nanos());
    }

    /** When that was; before everything when it never was. */
    long countedAt(RegionName region) {
        return countedAt.getOrDefault(region, -SimulatedServer.NEVER);
    }

    void ended(Fiber fiber) {
        fibers.remove(fiber);
    }

    @Override
    public Instant now() {
        return scheduler.now().plusNanos(world.conditions.wallOffset());
    }

    @Override
    public long nanos() {
        return scheduler.nanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        check();
        scheduler.sleep(duration.toNanos());
        check();
    }

    @Override
    public <T> void forEach(Collection<T> items, Action<T> action) throws InterruptedException {
        check();
        scheduler.forEach(this, items, action);
    }

    @Override
    public Background start(String what, Work work) {
        check();
        FiberGroup group = scheduler.start(this, work);
        return () -> {
            if (group.running > 0) {
                scheduler.interrupt(group);
                boolean ignored = scheduler.join(group, false);
            }
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
