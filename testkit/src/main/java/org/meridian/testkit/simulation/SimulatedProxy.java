package org.meridian.testkit.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

/**
 * The proxy of one machine: the origins of its region's pool that are on that machine, and what it has on its disk, with which it
 * comes back from a restart. The n-th server of each release in a region is on the n-th machine.
 */
final class SimulatedProxy {
    final SimulatedPool pool;
    final int machine;
    private final SimulatedWorld world;
    private Map<ServerName, State> written = Map.of();
    private Map<ServerName, State> writtenBefore = Map.of();
    private int restarted;
    private long restartedAt;

    SimulatedProxy(SimulatedWorld world, SimulatedPool pool, int machine) {
        this.world = world;
        this.pool = pool;
        this.machine = machine;
    }

    boolean has(ServerName server) {
        return server.number() == machine;
    }

    /** What it does now. */
    Map<ServerName, State> live() {
        Map<ServerName, State> live = new LinkedHashMap<>();
        pool.at(machine)
                .forEach(origin -> live.put(origin.server, new State(origin.address, origin.weight, origin.draining)));
        return live;
    }

    /** What it would come back with. */
    Map<ServerName, State> written() {
        return written;
    }

    /** Writes to the disk what it is to do. */
    void write(Map<ServerName, State> wanted) {
        if (!wanted.equals(written)) {
            writtenBefore = written;
            written = Map.copyOf(wanted);
        }
    }

    /** Does what was written. */
    void take(Map<ServerName, State> wanted) {
        long now = world.scheduler.nanos();
        pool.origins.keySet().removeIf(server -> has(server) && !wanted.containsKey(server));
        wanted.forEach((server, state) -> {
            SimulatedOrigin there = pool.origins.get(server);
            if (there == null || !there.address.equals(state.address())) {
                there = new SimulatedOrigin(server, state.address(), now);
                pool.origins.put(server, there);
            }
            there.become(state.weight(), state.draining(), now);
        });
        pool.changed();
    }

    /** Stops, and starts with what was written last; with what was written before that if the disk has lost it. */
    void restart(boolean lost) {
        if (lost) {
            written = writtenBefore;
        }
        pool.origins.keySet().removeIf(this::has);
        take(written);
        restarted = world.proxies.next();
        restartedAt = world.scheduler.nanos();
    }

    /** When it restarted last, as one of all proxies' restarts; 0 if never. */
    int restarted() {
        return restarted;
    }

    long restartedAt() {
        return restartedAt;
    }

    /** How an origin stands. */
    record State(String address, Weight weight, boolean draining) {}
}
