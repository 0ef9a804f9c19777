package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;
import org.meridian.core.model.App;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.rollout.WaitNotice;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;

/** The machines of an app as origins of an edge: which it has, and whether it reaches them. */
final class MachinesAtEdge {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final App app;
    private final TrafficDriver edge;
    private final MachineOrigins machines;
    private final Time time;
    private final EventSink events;

    MachinesAtEdge(App app, TrafficDriver edge, MachineOrigins machines, Time time, EventSink events) {
        this.app = requireNonNull(app, "app is null");
        this.edge = requireNonNull(edge, "edge is null");
        this.machines = requireNonNull(machines, "machines is null");
        this.time = requireNonNull(time, "time is null");
        this.events = requireNonNull(events, "events is null");
    }

    /** Whether a pool of the edge is for machines, also of a region that is not the app's any more. */
    boolean are(Pool pool) throws InterruptedException {
        return machines.byRegion().containsKey(pool.region())
                || (!pool.origins().isEmpty()
                        && pool.origins().stream().allMatch(origin -> OriginName.isOne(origin.server())));
    }

    private List<OriginTarget> of(RegionName region) throws InterruptedException {
        return machines.byRegion().getOrDefault(region, List.of());
    }

    /** A region that is not the app's any more gets no users. */
    void leaveFormerRegions() throws InterruptedException {
        for (Pool pool : edge.observe()) {
            boolean former =
                    app.regions().stream().noneMatch(region -> region.name().equals(pool.region()));
            if (former && are(pool)) {
                edge.apply(new PoolTarget(pool.region(), List.of()));
            }
        }
    }

    /** Makes the region's machines the edge's. Those that are not listed any more stay until one that is listed takes users. */
    void join(RegionName region) throws InterruptedException {
        List<OriginTarget> wanted = of(region);
        Pool now = edge.observe(region);
        List<OriginTarget> former = now.origins().stream()
                .filter(origin ->
                        wanted.stream().noneMatch(machine -> machine.server().equals(origin.server())))
                .map(origin -> new OriginTarget(origin.server(), origin.address(), origin.weight()))
                .toList();
        boolean complete = wanted.stream().allMatch(machine -> has(now, machine));
        boolean keep = !former.isEmpty() && reached(now, wanted).isEmpty();
        if (!complete || (!former.isEmpty() && !keep)) {
            edge.apply(new PoolTarget(
                    region,
                    Stream.concat(wanted.stream(), keep ? former.stream() : Stream.empty())
                            .toList()));
        }
    }

    private static boolean has(Pool pool, OriginTarget machine) {
        return pool.origin(machine.server())
                .filter(Origin::serving)
                .filter(origin -> origin.address().equals(machine.address()))
                .isPresent();
    }

    private static List<OriginTarget> reached(Pool pool, List<OriginTarget> wanted) {
        Predicate<OriginTarget> healthy = machine -> pool.origin(machine.server())
                .filter(origin -> origin.health() == Health.HEALTHY)
                .isPresent();
        return wanted.stream().filter(healthy).toList();
    }

    /**
     * Waits until the edge finds one of the region's machines healthy. Where the region served before, and the edge has lost sight of
     * it, that is no matter of the release: it is told and the rollout goes on.
     */
    void awaitReached(RegionName region, boolean served) throws InterruptedException {
        Duration atMost = edge.healthWithin();
        WaitNotice notice = WaitNotice.quiet(
                events, time, Optional.of(region), "the edge to find the region's machines healthy", atMost);
        long begun = time.nanos();
        while (reached(edge.observe(region), of(region)).isEmpty()) {
            if (time.nanos() - begun > atMost.toNanos()) {
                if (served) {
                    notice.still("the edge reaches none; users go to other regions");
                    return;
                }
                throw unreached(region, atMost);
            }
            notice.still("");
            time.sleep(BETWEEN_LOOKS);
        }
    }

    private Failure unreached(RegionName region, Duration atMost) throws InterruptedException {
        String where = of(region).stream().map(OriginTarget::address).collect(Collectors.joining(", "));
        return Failure.of(Diagnostic.of(
                "machines-not-reached",
                region + ": the edge found none of its machines healthy within " + Durations.spoken(atMost) + ": "
                        + where,
                "See whether their firewalls let the edge's addresses in at that port, and whether the app answers its health check"
                        + " under its public name."));
    }
}
