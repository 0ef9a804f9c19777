package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;

/** The proxies of a simulated world, one on each machine that has had servers, and what befalls them. */
final class SimulatedProxies {
    private final SimulatedWorld world;
    private final Map<RegionName, List<SimulatedProxy>> regions = new TreeMap<>();
    private final List<Restart> restarts = new ArrayList<>();
    private int restarted;

    SimulatedProxies(SimulatedWorld world) {
        this.world = world;
    }

    /** Every proxy, in an order that stays. */
    List<SimulatedProxy> all() {
        List<SimulatedProxy> all = new ArrayList<>();
        for (Region region : world.regions()) {
            all.addAll(of(region.name()));
        }
        return all;
    }

    private List<SimulatedProxy> of(RegionName region) {
        List<SimulatedProxy> proxies = regions.computeIfAbsent(region, name -> new ArrayList<>());
        int servers = world.servers.values().stream()
                .filter(server -> server.region.equals(region))
                .mapToInt(server -> server.spec.name().number())
                .max()
                .orElse(0);
        int machines = Math.max(servers, world.app.region(region).servers());
        while (proxies.size() < machines) {
            proxies.add(new SimulatedProxy(world, world.pool(region), proxies.size() + 1));
        }
        return proxies;
    }

    /** The n-th machine's proxy restarts at that time; counted over all regions, as far as there is one. */
    void restartsAt(int machine, long at, boolean lost) {
        restarts.add(new Restart(machine, at, lost));
    }

    /** Lets happen what is due by now; nobody can have seen anything since. */
    void catchUp() {
        long now = world.scheduler.nanos();
        Optional<Restart> due =
                restarts.stream().filter(restart -> restart.at() <= now).findFirst();
        while (due.isPresent()) {
            restarts.remove(due.get());
            restart(due.get());
            due = restarts.stream().filter(restart -> restart.at() <= now).findFirst();
        }
    }

    private void restart(Restart restart) {
        List<SimulatedProxy> all = all();
        SimulatedProxy proxy = all.get(restart.machine() % all.size());
        world.chronicle.add(
                null, "RESTARTS", proxy.pool.region + " " + proxy.machine + (restart.lost() ? " lost" : ""));
        world.tally.add(restart.lost() ? "proxies restarted with an older state" : "proxies restarted");
        proxy.restart(restart.lost());
    }

    /** How many restarts there were; whoever knows that number knows of all of them. */
    int restarted() {
        return restarted;
    }

    /** Counts a restart, and tells which it is. */
    int next() {
        return ++restarted;
    }

    /** The machines of a region whose proxies have ever restarted. */
    Set<Integer> restarted(RegionName region) {
        return of(region).stream()
                .filter(proxy -> proxy.restarted() > 0)
                .map(proxy -> proxy.machine)
                .collect(Collectors.toSet());
    }

    /** The machines of a region whose proxies restarted after this deployer learnt last what they do, so that it can't know. */
    Set<Integer> unseen(Deployer by, RegionName region) {
        return unseen(by, region, proxy -> true);
    }

    /**
     * The same when it says that it is done: by then it has looked within a moment, or has tried to.
     *
     * @param moment in nanoseconds
     */
    Set<Integer> unseenAtRest(Deployer by, RegionName region, long moment) {
        long now = world.scheduler.nanos();
        return unseen(
                by,
                region,
                proxy -> now - proxy.restartedAt() <= moment || by.knownProxies.asked(region) >= proxy.restartedAt());
    }

    private Set<Integer> unseen(Deployer by, RegionName region, Predicate<SimulatedProxy> excusable) {
        if (restarted == 0) {
            return Set.of();
        }
        List<SimulatedProxy> proxies = of(region);
        return proxies.stream()
                .filter(proxy -> proxy.restarted() > by.knownProxies.known(proxy, proxies))
                .filter(excusable)
                .map(proxy -> proxy.machine)
                .collect(Collectors.toSet());
    }

    /** Nothing befalls them any more. */
    void calm() {
        restarts.clear();
    }

    private record Restart(int machine, long at, boolean lost) {}
}
