package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;

/** What goes wrong in the world at present and later; times are nanoseconds since its beginning. */
final class Conditions {
    private static final long EDGE_SEES_AFTER = 1_500_000_000L;

    private final Scheduler scheduler;
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<Window> cuts = new ArrayList<>();
    private final List<Away> away = new ArrayList<>();
    private final List<Window> flaps = new ArrayList<>();
    private final List<Window> edgeDown = new ArrayList<>();
    private final List<Window> storeDown = new ArrayList<>();
    private final Map<ReleaseId, Flaw> flawedReleases = new HashMap<>();
    private final Map<Integer, Flaw> flawedVersions = new HashMap<>();
    private final Map<ServerName, Long> deaths = new HashMap<>();
    private final Map<RegionName, Integer> outOfReach = new HashMap<>();
    private final Map<Integer, Duration> deathsByCount = new HashMap<>();
    private final Map<Integer, Duration> slowBoots = new HashMap<>();
    private Optional<BusyMachine> busy = Optional.empty();
    private long edgeDelay = EDGE_SEES_AFTER;
    private long wallOffset;
    private boolean keysLost;
    private long lookNanos;
    private int born;

    Conditions(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void flaw(ReleaseId release, Flaw flaw) {
        flawedReleases.put(release, flaw);
    }

    void flaw(int version, Flaw flaw) {
        flawedVersions.put(version, flaw);
    }

    Flaw flawOf(Release release) {
        Flaw flaw = flawedReleases.get(release.id());
        return flaw != null ? flaw : flawedVersions.getOrDefault(SimulatedRegistry.version(release), Flaw.NONE);
    }

    Flaw flawOf(int version) {
        return flawedVersions.getOrDefault(version, Flaw.NONE);
    }

    void trouble(Effect effect, int after, int times, Trouble.How how, Duration hang) {
        troubles.add(new Trouble(effect, after, times, how, hang));
    }

    /** What happens to this call; empty when all goes well. */
    Optional<Trouble> trouble(Effect effect) {
        for (Trouble trouble : troubles) {
            if (trouble.strikes(effect)) {
                return Optional.of(trouble);
            }
        }
        return busy.flatMap(machine -> machine.trouble(effect));
    }

    /** From now on a server lets in nobody but who has the key that it was made with. */
    void keysAreLost() {
        keysLost = true;
    }

    boolean keysLost() {
        return keysLost;
    }

    /** Everything is slow or lost now and then. */
    void busy(RandomGenerator random, int oneIn) {
        busy = Optional.of(new BusyMachine(random, oneIn));
    }

    void cut(RegionName region, Duration after, Duration howLong) {
        cuts.add(window(Optional.of(region), after, howLong));
    }

    /** The provider can't look at the n-th machine of a region, which has the n-th server of each release. */
    void outOfReach(RegionName region, int machine) {
        outOfReach.put(region, machine);
    }

    Map<RegionName, Integer> outOfReach() {
        if (away.isEmpty()) {
            return Map.copyOf(outOfReach);
        }
        Map<RegionName, Integer> all = new HashMap<>(outOfReach);
        for (Away one : away) {
            if (one.window().open(scheduler.nanos())) {
                one.window().region().ifPresent(region -> all.put(region, one.machine()));
            }
        }
        return all;
    }

    boolean outOfReach(RegionName region, ServerName server) {
        Integer machine = outOfReach().get(region);
        return machine != null && server.value().endsWith("-" + machine);
    }

    /** Nobody but users reaches a region's n-th machine for a while. */
    void away(RegionName region, int machine, Duration after, Duration howLong) {
        away.add(new Away(machine, window(Optional.of(region), after, howLong)));
    }

    boolean away(RegionName region, int machine, long at) {
        for (Away one : away) {
            if (one.machine() == machine
                    && one.window().in(region)
                    && one.window().open(at)) {
                return true;
            }
        }
        return false;
    }

    void restore(RegionName region) {
        outOfReach.remove(region);
        cuts.removeIf(window -> window.in(region));
    }

    void flap(RegionName region, Duration after, Duration howLong) {
        flaps.add(window(Optional.of(region), after, howLong));
    }

    void edgeDown(Duration after, Duration howLong) {
        edgeDown.add(window(Optional.empty(), after, howLong));
    }

    void storeDown(Duration after, Duration howLong) {
        storeDown.add(window(Optional.empty(), after, howLong));
    }

    void edgeSees(Duration after) {
        edgeDelay = after.toNanos();
    }

    void looksTake(Duration time) {
        lookNanos = time.toNanos();
    }

    void wallClockJumps(Duration by) {
        wallOffset += by.toNanos();
    }

    void dies(ServerName server, Duration after) {
        deaths.put(server, scheduler.nanos() + after.toNanos());
    }

    /** The n-th server to be made from now, counted from 0, dies so long after. */
    void dies(int n, Duration after) {
        deathsByCount.put(born + n, after);
    }

    /** The n-th server to be made from now, counted from 0, takes so much longer to boot. */
    void bootsSlowly(int n, Duration longer) {
        slowBoots.put(born + n, longer);
    }

    /** How much longer than usual the next new server takes to boot. */
    long slowBootNanos() {
        return slowBoots.getOrDefault(born, Duration.ZERO).toNanos();
    }

    /** Lets a new server meet its fate. */
    void born(SimulatedServer server) {
        Duration after = deathsByCount.get(born++);
        long fate = after == null ? SimulatedServer.NEVER : server.createdAt + after.toNanos();
        server.die(Math.min(fate, deaths.getOrDefault(server.spec.name(), SimulatedServer.NEVER)));
    }

    /** Ends everything that goes wrong outside; what is broken stays so, and flawed releases stay flawed. */
    void calm() {
        troubles.clear();
        busy = Optional.empty();
        outOfReach.clear();
        away.clear();
        cuts.clear();
        flaps.clear();
        edgeDown.clear();
        storeDown.clear();
        deathsByCount.clear();
        slowBoots.clear();
        edgeDelay = EDGE_SEES_AFTER;
        lookNanos = 0;
        keysLost = false;
    }

    boolean reachable(RegionName region, long at) {
        for (Window cut : cuts) {
            if (cut.in(region) && cut.open(at)) {
                return false;
            }
        }
        return true;
    }

    /** An edge's health checks that now fail and now do not, a second each. */
    boolean flapping(RegionName region, long at) {
        for (Window flap : flaps) {
            if (flap.in(region) && flap.open(at) && (at - flap.from()) / 1_000_000_000L % 2 == 0) {
                return true;
            }
        }
        return false;
    }

    boolean edgeIsDown() {
        return open(edgeDown, scheduler.nanos());
    }

    boolean edgeIsDown(long at) {
        return open(edgeDown, at);
    }

    boolean storeIsDown() {
        return open(storeDown, scheduler.nanos());
    }

    /** Whether what is seen may change at times that no server knows. */
    boolean restless() {
        return !cuts.isEmpty() || !flaps.isEmpty() || !away.isEmpty();
    }

    long edgeDelay() {
        return edgeDelay;
    }

    long wallOffset() {
        return wallOffset;
    }

    long lookNanos() {
        return lookNanos;
    }

    private static boolean open(List<Window> windows, long at) {
        for (Window window : windows) {
            if (window.open(at)) {
                return true;
            }
        }
        return false;
    }

    private Window window(Optional<RegionName> region, Duration after, Duration howLong) {
        long from = scheduler.nanos() + after.toNanos();
        return new Window(region, from, from + howLong.toNanos());
    }

    private record Away(int machine, Window window) {}

    private record Window(Optional<RegionName> region, long from, long to) {
        boolean in(RegionName name) {
            return region.isPresent() && region.get().equals(name);
        }

        boolean open(long at) {
            return at >= from && at < to;
        }
    }
}
