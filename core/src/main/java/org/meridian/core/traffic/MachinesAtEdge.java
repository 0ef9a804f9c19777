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
import org.meridian.core.model.Weight;
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

    /** The machines of a region that has them. */
    List<OriginTarget> of(RegionName region) throws InterruptedException {
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

    /** Lets the region's machines join; they get no users as long as others have these. What is there besides stays. */
    void join(RegionName region) throws InterruptedException {
        Pool now = edge.observe(region);
        boolean others =
                now.origins().stream().anyMatch(origin -> origin.serving() && !OriginName.isOne(origin.server()));
        List<OriginTarget> wanted = of(region).stream()
                .map(machine -> new OriginTarget(machine.server(), machine.address(), joined(machine, now, others)))
                .toList();
        become(region, now, wanted, left(now, wanted));
    }

    private static Weight joined(OriginTarget machine, Pool now, boolean others) {
        return now.origin(machine.server()).map(Origin::weight).orElse(others ? Weight.NONE : Weight.FULL);
    }

    /** Makes the pool what is the edge's of it. Machines that are not listed any more stay until one that is listed takes users. */
    void become(RegionName region, Share share) throws InterruptedException {
        Pool now = edge.observe(region);
        List<OriginTarget> wanted =
                Stream.concat(share.atEdge().stream(), share.direct().stream()).toList();
        boolean taken = !share.servesBehind() || !reached(now, of(region)).isEmpty();
        become(region, now, wanted, taken ? List.of() : left(now, wanted));
    }

    private void become(RegionName region, Pool now, List<OriginTarget> wanted, List<OriginTarget> left)
            throws InterruptedException {
        List<OriginTarget> all = Stream.concat(wanted.stream(), left.stream()).toList();
        boolean same = all.size() == now.origins().size() && all.stream().allMatch(origin -> has(now, origin));
        if (!same) {
            edge.apply(new PoolTarget(region, all));
        }
    }

    private static List<OriginTarget> left(Pool now, List<OriginTarget> wanted) {
        return now.origins().stream()
                .filter(origin ->
                        wanted.stream().noneMatch(machine -> machine.server().equals(origin.server())))
                .map(origin -> new OriginTarget(origin.server(), origin.address(), origin.weight()))
                .toList();
    }

    private static boolean has(Pool pool, OriginTarget wanted) {
        return pool.origin(wanted.server())
                .filter(origin -> origin.weight().equals(wanted.weight())
                        && !(origin.draining() && wanted.weight().serving()))
                .filter(origin -> origin.address().equals(wanted.address()))
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
