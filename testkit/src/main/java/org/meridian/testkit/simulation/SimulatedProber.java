package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.Prober;

/** Readers of the simulated world: nearest pool first, then the primary's, by the edge's delayed view of health. */
final class SimulatedProber implements Prober {
    private final SimulatedWorld world;

    SimulatedProber(SimulatedWorld world) {
        this.world = world;
    }

    @Override
    public Answer probe(Region from, String path, Duration timeout) throws InterruptedException {
        world.look();
        List<SimulatedOrigin> usable = usable(from.name());
        if (usable.isEmpty()) {
            usable = usable(world.app.primary());
        }
        if (usable.isEmpty()) {
            return new Answer(false, true, Duration.ofMillis(1), "503 from the edge");
        }
        SimulatedOrigin origin = usable.get(world.random.nextInt(usable.size()));
        return answer(origin);
    }

    private Answer answer(SimulatedOrigin origin) {
        SimulatedServer server = world.servers.get(origin.server);
        if (server == null
                || !world.healthy(server, world.scheduler.now())
                || !world.reachable(server.region, world.scheduler.now())) {
            return new Answer(false, true, Duration.ofMillis(3), "502 from the edge for " + origin.server);
        }
        boolean fails = world.pagesFail(server.spec.release());
        return new Answer(!fails, true, Duration.ofMillis(3), fails ? "500 from " + origin.server : "200");
    }

    private List<SimulatedOrigin> usable(RegionName region) {
        return world.pools.getOrDefault(region, Map.of()).values().stream()
                .filter(origin -> origin.serving() && world.edgeHealth(origin) == Origin.Health.HEALTHY)
                .toList();
    }
}
