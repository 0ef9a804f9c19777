package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
import org.meridian.core.model.ServerName;
import org.meridian.core.rollout.WaitNotice;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;

/**
 * An edge that sends the requests of some regions to their machines, where a proxy splits them between releases. So weights, drains
 * and counts are the proxies', and the edge changes only when machines join or leave. The other regions are the edge's alone.
 *
 * <p>A server that takes users' requests is as healthy as the edge finds its machine: if the edge does not reach it, users don't
 * either.
 */
public final class EdgeBeforeProxies implements TrafficDriver {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final App app;
    private final TrafficDriver edge;
    private final TrafficDriver proxies;
    private final MachineOrigins machines;
    private final Time time;
    private final EventSink events;

    /**
     * One in front of these proxies.
     *
     * @param edge     what users come to
     * @param proxies  steers in the regions whose machines outlive releases
     * @param machines those machines, as origins of the edge
     */
    public EdgeBeforeProxies(
            App app, TrafficDriver edge, TrafficDriver proxies, MachineOrigins machines, Time time, EventSink events) {
        this.app = requireNonNull(app, "app is null");
        this.edge = requireNonNull(edge, "edge is null");
        this.proxies = requireNonNull(proxies, "proxies is null");
        this.machines = requireNonNull(machines, "machines is null");
        this.time = requireNonNull(time, "time is null");
        this.events = requireNonNull(events, "events is null");
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        List<Pool> before = edge.observe();
        List<Pool> behind = proxies.observe();
        List<Pool> all = new ArrayList<>();
        for (RegionName region : machines.byRegion().keySet()) {
            if (has(behind, region) || has(before, region)) {
                all.add(asUsersSee(of(region, behind), of(region, before)));
            }
        }
        for (Pool pool : before) {
            if (!ofMachines(pool)) {
                all.add(pool);
            }
        }
        return all;
    }

    @Override
    public Pool observe(RegionName region) throws InterruptedException {
        return proxied(region) ? asUsersSee(proxies.observe(region), edge.observe(region)) : edge.observe(region);
    }

    /** The proxies first: a machine without one has nothing for the edge. */
    @Override
    public void prepare() throws InterruptedException {
        proxies.prepare();
        leaveFormerRegions();
        edge.prepare();
        for (RegionName region : machines.byRegion().keySet()) {
            join(region);
        }
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        RegionName region = target.region();
        if (!proxied(region)) {
            edge.apply(target);
            return;
        }
        boolean served = observe(region).origins().stream().anyMatch(Origin::serving);
        proxies.apply(target);
        if (target.origins().stream().anyMatch(origin -> origin.weight().serving())) {
            awaitReached(region, served);
            join(region);
        }
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        steering(region).drain(region, servers);
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        return steering(region).disconnect(region, servers);
    }

    /** The longer of both. */
    @Override
    public Duration healthWithin() {
        Duration one = edge.healthWithin();
        Duration other = proxies.healthWithin();
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public URI address() {
        return edge.address();
    }

    @Override
    public List<String> staying() throws InterruptedException {
        return Stream.concat(edge.staying().stream(), proxies.staying().stream())
                .toList();
    }

    /** The edge first: it must not send users to machines that have no proxy any more. */
    @Override
    public void destroyAll() throws InterruptedException {
        edge.destroyAll();
        proxies.destroyAll();
    }

    @Override
    public void close() {
        edge.close();
        proxies.close();
    }

    private boolean proxied(RegionName region) throws InterruptedException {
        return machines.byRegion().containsKey(region);
    }

    private TrafficDriver steering(RegionName region) throws InterruptedException {
        return proxied(region) ? proxies : edge;
    }

    private List<OriginTarget> machines(RegionName region) throws InterruptedException {
        return machines.byRegion().getOrDefault(region, List.of());
    }

    private static boolean has(List<Pool> pools, RegionName region) {
        return pools.stream().anyMatch(pool -> pool.region().equals(region));
    }

    private static Pool of(RegionName region, List<Pool> pools) {
        return pools.stream()
                .filter(pool -> pool.region().equals(region))
                .findFirst()
                .orElseGet(() -> new Pool(region, List.of()));
    }

    /** Whether the edge sends a region's requests to machines, also one that is no region of the app any more. */
    private boolean ofMachines(Pool pool) throws InterruptedException {
        return proxied(pool.region())
                || (!pool.origins().isEmpty()
                        && pool.origins().stream().allMatch(origin -> MachineName.isOne(origin.server())));
    }

    /** With the servers that the edge still reaches itself, since it was there before the proxies. */
    private Pool asUsersSee(Pool servers, Pool before) {
        Stream<Origin> direct = before.origins().stream()
                .filter(origin -> !MachineName.isOne(origin.server()))
                .filter(origin -> servers.origin(origin.server()).isEmpty());
        return new Pool(
                servers.region(),
                Stream.concat(
                                servers.origins().stream()
                                        .map(origin -> origin.serving() ? throughMachine(origin, before) : origin),
                                direct)
                        .toList());
    }

    /** What the proxy finds ill is ill, whatever the edge finds. */
    private Origin throughMachine(Origin origin, Pool before) {
        Optional<Health> there = before.origins().stream()
                .filter(machine -> MachineName.isOne(machine.server()))
                .filter(machine -> machines.has(machine.address(), origin.address()))
                .map(Origin::health)
                .findFirst();
        Health health = origin.health() == Health.HEALTHY ? there.orElse(Health.UNKNOWN) : origin.health();
        return new Origin(
                origin.server(), origin.address(), origin.weight(), origin.draining(), health, origin.inFlight());
    }

    /** A region that is not the app's any more gets no users. */
    private void leaveFormerRegions() throws InterruptedException {
        for (Pool pool : edge.observe()) {
            boolean former =
                    app.regions().stream().noneMatch(region -> region.name().equals(pool.region()));
            if (former && ofMachines(pool)) {
                edge.apply(new PoolTarget(pool.region(), List.of()));
            }
        }
    }

    /** Makes the region's machines the edge's. Those that are not listed any more stay until one that is listed takes users. */
    private void join(RegionName region) throws InterruptedException {
        List<OriginTarget> wanted = machines(region);
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
    private void awaitReached(RegionName region, boolean served) throws InterruptedException {
        Duration atMost = edge.healthWithin();
        WaitNotice notice = WaitNotice.quiet(
                events, time, Optional.of(region), "the edge to find the region's machines healthy", atMost);
        long begun = time.nanos();
        while (reached(edge.observe(region), machines(region)).isEmpty()) {
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
        String where = machines(region).stream().map(OriginTarget::address).collect(Collectors.joining(", "));
        return Failure.of(Diagnostic.of(
                "machines-not-reached",
                region + ": the edge found none of its machines healthy within " + Durations.spoken(atMost) + ": "
                        + where,
                "See whether their firewalls let the edge's addresses in at that port, and whether the app answers its health check"
                        + " under its public name."));
    }
}
