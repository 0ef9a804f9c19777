package org.meridian.testkit.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;

/** What deployers do to a world and ask of it: it takes time, may fail, be lost on its way or half happen, and is checked. */
final class SimulatedCalls {
    private final SimulatedWorld world;
    private int effects;
    private long edgeFailedAt = -SimulatedServer.NEVER;

    SimulatedCalls(SimulatedWorld world) {
        this.world = world;
    }

    /** How many there were that change the world. */
    int effects() {
        return effects;
    }

    boolean edgeFailedSince(long since) {
        return edgeFailedAt >= since;
    }

    /** Does something that changes the world: it takes time, may fail or be the deployer's last, and is checked. */
    void effect(Deployer by, Effect effect, RegionName region, Object what, Runnable change)
            throws InterruptedException {
        effect(by, effect, region, SimulatedPool.EVERYWHERE, what, change, () -> {});
    }

    /** The same on one machine; where it does not happen, {@code half} of it may. */
    void effect(Deployer by, Effect effect, SimulatedProxy proxy, Object what, Runnable change, Runnable half)
            throws InterruptedException {
        effect(by, effect, proxy.pool.region, proxy.machine, what, change, half);
    }

    private void effect(
            Deployer by, Effect effect, RegionName region, int machine, Object what, Runnable change, Runnable half)
            throws InterruptedException {
        by.instant();
        effects++;
        world.invariants.mayAct(by, effect, region, what);
        Trouble trouble = world.conditions.trouble(effect).orElse(null);
        boolean happens = trouble == null || trouble.how.happens();
        long sentAt = world.scheduler.nanos();
        Runnable checked = () -> carryOut(by, effect, region, machine, what, change, sentAt);
        world.scheduler.sending(true);
        try {
            by.sleep(Duration.ofNanos(
                    trouble != null && trouble.how.hangs()
                            ? trouble.hang.toNanos()
                            : world.pace.call(effect, world.random)));
        } catch (SimulatedCrash | InterruptedException e) {
            // What is on its way may arrive or not.
            if (happens && world.random.nextBoolean()) {
                arrive(checked);
            } else {
                mayHappenByHalf(machine, half);
            }
            throw e;
        } finally {
            world.scheduler.sending(false);
        }
        try {
            if (!happens) {
                mayHappenByHalf(machine, half);
            }
            arrive(by, effect, what, trouble, happens, checked);
        } finally {
            by.awake();
        }
        by.instant();
    }

    private void mayHappenByHalf(int machine, Runnable half) {
        if (machine != SimulatedPool.EVERYWHERE && world.random.nextBoolean()) {
            half.run();
            world.tally.add("changes half-applied on a machine");
        }
    }

    private void arrive(
            Deployer by, Effect effect, Object what, @Nullable Trouble trouble, boolean happens, Runnable checked) {
        requireEdgeUp(by, effect, what);
        if (happens) {
            checked.run();
        }
        if (trouble != null && trouble.how != Trouble.How.SLOW) {
            throw failed(by, effect, what, trouble.failure(what));
        }
    }

    private void arrive(Runnable change) {
        try {
            change.run();
        } catch (Failure e) {
            // It did not work, and nobody is there to hear it.
        }
    }

    private void carryOut(
            Deployer by, Effect effect, RegionName region, int machine, Object what, Runnable change, long sentAt) {
        world.proxies.catchUp();
        world.chronicle.add(by, effect, what);
        world.beforeChanges.run();
        boolean moves = effect == Effect.APPLY || effect == Effect.DRAIN || effect == Effect.DESTROY;
        SimulatedPool pool = world.pool(region);
        if (!moves) {
            change.run();
            pool.changed();
            world.invariants.work.requireFollows(region);
            world.data.requireKept(by);
            return;
        }
        if (world.counting) {
            world.pools.values().forEach(world.users::count);
        }
        world.invariants.before(pool, machine, sentAt);
        change.run();
        pool.changed();
        world.invariants.after(by, pool, machine, sentAt, effect);
        world.invariants.work.requireFollows(region);
        world.data.requireKept(by);
    }

    /** Asks the world, which may take a little time or fail. */
    void look(Deployer by, Effect effect, Object what) throws InterruptedException {
        by.check();
        if (world.conditions.lookNanos() > 0) {
            by.sleep(Duration.ofNanos(world.conditions.lookNanos()));
        }
        Trouble trouble = world.conditions.trouble(effect).orElse(null);
        if (trouble != null) {
            if (trouble.how.hangs()) {
                by.sleep(trouble.hang);
            }
            if (trouble.how != Trouble.How.SLOW) {
                throw failed(by, effect, what, trouble.failure(what));
            }
        }
        requireEdgeUp(by, effect, what);
        world.proxies.catchUp();
        if (world.counting && effect == Effect.POOLS) {
            world.pools.values().forEach(world.users::count);
        }
    }

    private void requireEdgeUp(Deployer by, Effect effect, Object what) {
        boolean edge =
                switch (effect) {
                    case EDGE, APPLY, DRAIN, POOLS, METRICS -> true;
                    default -> false;
                };
        if (edge && world.conditions.edgeIsDown()) {
            throw failed(by, effect, what, Trouble.unanswered(effect, what));
        }
    }

    private Failure failed(Deployer by, Effect effect, Object what, Failure failure) {
        if (effect == Effect.POOLS || (!world.proxied && (effect == Effect.APPLY || effect == Effect.DRAIN))) {
            edgeFailedAt = world.scheduler.nanos();
        }
        world.tally.add("failures injected");
        world.chronicle.add(by, "FAILS " + effect, what);
        return failure;
    }
}
