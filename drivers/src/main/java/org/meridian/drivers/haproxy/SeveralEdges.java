package org.meridian.drivers.haproxy;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.core.traffic.Everywhere;

/**
 * Several edges side by side, to each of which users may come: what is done is done to all, and an origin is as far as it is at the
 * one where it is least. A change that reached only some of them is seen as not made, so it is
 * made again; one that does not answer keeps no other from being told.
 */
public final class SeveralEdges implements TrafficDriver {
    private final List<TrafficDriver> edges;
    private final Tasks tasks;
    private final Everywhere everywhere;

    /** These edges, at least one; users are told the address of the first. */
    public SeveralEdges(List<TrafficDriver> edges, Tasks tasks) {
        this.edges = List.copyOf(edges);
        this.tasks = tasks;
        this.everywhere = new Everywhere(tasks);
        if (edges.isEmpty()) {
            throw new IllegalArgumentException("no edge");
        }
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        Map<TrafficDriver, List<Pool>> views = new ConcurrentHashMap<>();
        tasks.forEach(edges, edge -> views.put(edge, edge.observe()));
        Map<RegionName, List<Pool>> regions = new TreeMap<>();
        edges.stream()
                .flatMap(edge -> views.getOrDefault(edge, List.of()).stream())
                .forEach(pool -> regions.computeIfAbsent(pool.region(), region -> new ArrayList<>())
                        .add(pool));
        return regions.entrySet().stream()
                .map(region -> together(region.getKey(), region.getValue()))
                .toList();
    }

    private Pool together(RegionName region, List<Pool> views) {
        Map<ServerName, List<Origin>> origins = new TreeMap<>();
        views.stream().flatMap(pool -> pool.origins().stream()).forEach(origin -> origins.computeIfAbsent(
                        origin.server(), server -> new ArrayList<>())
                .add(origin));
        return new Pool(region, origins.values().stream().map(this::together).toList());
    }

    /** One that an edge lacks is not healthy there, and one that serves at some edge serves. */
    private Origin together(List<Origin> views) {
        Origin any = views.getFirst();
        boolean everywhere = views.size() == edges.size();
        return new Origin(
                any.server(),
                any.address(),
                new Weight(views.stream()
                        .mapToInt(view -> view.weight().percent())
                        .max()
                        .orElseThrow()),
                views.stream().allMatch(Origin::draining),
                everywhere ? health(views.stream().map(Origin::health)) : Health.UNKNOWN,
                views.stream().mapToInt(Origin::inFlight).sum());
    }

    private static Health health(Stream<Health> views) {
        return views.reduce((one, other) -> one == other ? one : Health.UNHEALTHY)
                .orElseThrow();
    }

    @Override
    public void prepare() throws InterruptedException {
        everywhere.tell(edges, TrafficDriver::prepare);
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        everywhere.tell(edges, edge -> edge.apply(target));
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        everywhere.tell(edges, edge -> edge.drain(region, servers));
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        AtomicBoolean all = new AtomicBoolean(true);
        everywhere.tell(edges, edge -> {
            if (!edge.disconnect(region, servers)) {
                all.set(false);
            }
        });
        return all.get();
    }

    @Override
    public URI address() {
        return edges.getFirst().address();
    }

    @Override
    public void destroyAll() throws InterruptedException {
        everywhere.tell(edges, TrafficDriver::destroyAll);
    }

    @Override
    public void close() {
        edges.forEach(TrafficDriver::close);
    }
}
