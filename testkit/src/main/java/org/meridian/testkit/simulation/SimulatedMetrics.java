package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.meridian.core.model.Origin;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.MetricSource;

/** The edge's own counters of requests that users make all the time. */
final class SimulatedMetrics implements MetricSource {
    private static final Duration FAST = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(5);

    private final SimulatedWorld world;
    private final Deployer deployer;

    SimulatedMetrics(SimulatedWorld world, Deployer deployer) {
        this.world = world;
        this.deployer = deployer;
    }

    @Override
    public List<OriginMetrics> read(RegionName region) throws InterruptedException {
        world.look(deployer, Effect.METRICS, region);
        SimulatedPool pool = world.pool(region);
        world.users.count(pool);
        deployer.counted(region);
        List<OriginMetrics> metrics = new ArrayList<>(pool.origins.size());
        for (SimulatedOrigin origin : pool.origins.values()) {
            if (pool.health(origin, world.scheduler.nanos()) != Origin.Health.UNKNOWN) {
                metrics.add(metrics(origin));
            }
        }
        return metrics;
    }

    private static OriginMetrics metrics(SimulatedOrigin origin) {
        long requests = (long) origin.requests;
        TreeMap<Duration, Long> latencies = new TreeMap<>();
        latencies.put(FAST, requests - Math.min(requests, (long) origin.slow));
        latencies.put(LONG, requests);
        return new OriginMetrics(origin.server, requests, Math.min(requests, (long) origin.errors), latencies);
    }
}
