package org.meridian.testkit.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Region;
import org.meridian.core.spi.Prober;

/** Requests to the simulated world: nearest pool first, then the primary's, by the edge's delayed view of health. */
final class SimulatedProber implements Prober {
    private static final Answer GOOD = new Answer(true, true, Duration.ofMillis(3), "200");
    private static final Answer NO_ORIGIN = new Answer(false, true, Duration.ofMillis(1), "503 from the edge");
    private static final Answer NO_EDGE = new Answer(false, false, Duration.ofMillis(1), "connection refused");
    private static final Answer SICK = new Answer(false, true, Duration.ofMillis(3), "502 from the edge");
    private static final Answer BROKEN = new Answer(false, true, Duration.ofMillis(3), "500 from the app");

    private final SimulatedWorld world;
    private final Deployer deployer;

    SimulatedProber(SimulatedWorld world, Deployer deployer) {
        this.world = world;
        this.deployer = deployer;
    }

    @Override
    public Answer probe(Region from, String path, Duration timeout) throws InterruptedException {
        deployer.check();
        if (world.conditions.edgeIsDown()) {
            return NO_EDGE;
        }
        SimulatedOrigin origin = pick(world.pool(from.name()));
        if (origin == null) {
            origin = pick(world.pool(world.app.primary()));
        }
        return origin == null ? NO_ORIGIN : answer(origin);
    }

    private Answer answer(SimulatedOrigin origin) {
        SimulatedServer server = world.servers.get(origin.server);
        long now = world.scheduler.nanos();
        if (server == null || !server.healthy(now) || !world.conditions.reachable(server.region, now)) {
            return SICK;
        }
        return world.random.nextInt(100) < server.flaw.errorPercent() ? BROKEN : GOOD;
    }

    /** One of the usable origins, each as likely as its weight. */
    private @Nullable SimulatedOrigin pick(SimulatedPool pool) {
        long now = world.scheduler.nanos();
        int all = 0;
        SimulatedOrigin picked = null;
        for (SimulatedOrigin origin : pool.origins.values()) {
            if (origin.serving() && pool.health(origin, now) == Origin.Health.HEALTHY) {
                all += origin.weight.percent();
                if (world.random.nextInt(all) < origin.weight.percent()) {
                    picked = origin;
                }
            }
        }
        return picked;
    }
}
