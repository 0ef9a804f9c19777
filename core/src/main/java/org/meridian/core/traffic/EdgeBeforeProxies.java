package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.meridian.core.event.EventSink;
import org.meridian.core.model.App;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;

/**
 * An edge that sends the requests of some regions to their machines, where a proxy splits them between releases. So weights, drains
 * and counts are the proxies', and the edge changes only when machines join or leave. The other regions are the edge's alone.
 *
 * <p>A region may have both, while its strategy changes: machines with a proxy, and servers that the edge reaches itself ({@link Share}).
 *
 * <p>A server that takes users' requests is as healthy as the edge finds its machine: if the edge does not reach it, users don't
 * either.
 */
public final class EdgeBeforeProxies implements TrafficDriver {
    private final TrafficDriver edge;
    private final TrafficDriver proxies;
    private final MachineOrigins machines;
    private final MachinesAtEdge atEdge;

    /**
     * One in front of these proxies.
     *
     * @param edge     what users come to
     * @param proxies  steers in the regions whose machines outlive releases
     * @param machines those machines, as origins of the edge
     */
    public EdgeBeforeProxies(
            App app, TrafficDriver edge, TrafficDriver proxies, MachineOrigins machines, Time time, EventSink events) {
        this.edge = requireNonNull(edge, "edge is null");
        this.proxies = requireNonNull(proxies, "proxies is null");
        this.machines = requireNonNull(machines, "machines is null");
        this.atEdge = new MachinesAtEdge(app, edge, machines, time, events);
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
            if (!atEdge.are(pool)) {
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
        atEdge.leaveFormerRegions();
        edge.prepare();
        for (RegionName region : machines.byRegion().keySet()) {
            atEdge.join(region);
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
        Share share = new Share(target, atEdge.of(region), machines);
        proxies.apply(share.behind(proxies.observe(region)));
        atEdge.join(region);
        if (share.servesBehind()) {
            atEdge.awaitReached(region, served);
        }
        if (target.origins().stream().anyMatch(origin -> origin.weight().serving())
                || !share.direct().isEmpty()) {
            atEdge.become(region, share);
        }
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        if (!proxied(region)) {
            edge.drain(region, servers);
            return;
        }
        Pool before = edge.observe(region);
        Pool behind = proxies.observe(region);
        Set<ServerName> there = new LinkedHashSet<>();
        Set<ServerName> here = new LinkedHashSet<>();
        for (ServerName server : servers) {
            Optional<Origin> idle = behind.origin(server).flatMap(origin -> idleMachine(origin, before));
            if (idle.isPresent()) {
                there.add(idle.get().server());
            } else if (behind.origin(server).isPresent()) {
                here.add(server);
            } else {
                there.add(server);
            }
        }
        if (!here.isEmpty()) {
            proxies.drain(region, here);
        }
        if (!there.isEmpty()) {
            edge.drain(region, there);
        }
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        if (!proxied(region)) {
            return edge.disconnect(region, servers);
        }
        Pool behind = proxies.observe(region);
        List<ServerName> here = servers.stream()
                .filter(server -> behind.origin(server).isPresent())
                .toList();
        List<ServerName> there =
                servers.stream().filter(server -> !here.contains(server)).toList();
        boolean closedHere = here.isEmpty() || proxies.disconnect(region, here);
        boolean closedThere = there.isEmpty() || edge.disconnect(region, there);
        return closedHere && closedThere;
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

    private static boolean has(List<Pool> pools, RegionName region) {
        return pools.stream().anyMatch(pool -> pool.region().equals(region));
    }

    private static Pool of(RegionName region, List<Pool> pools) {
        return pools.stream()
                .filter(pool -> pool.region().equals(region))
                .findFirst()
                .orElseGet(() -> new Pool(region, List.of()));
    }

    /** With the servers that the edge reaches itself. */
    private Pool asUsersSee(Pool servers, Pool before) {
        Stream<Origin> direct = before.origins().stream()
                .filter(origin -> !OriginName.isOne(origin.server()))
                .filter(origin -> servers.origin(origin.server()).isEmpty());
        return new Pool(
                servers.region(),
                Stream.concat(servers.origins().stream().map(origin -> throughMachine(origin, before)), direct)
                        .toList());
    }

    private Origin throughMachine(Origin origin, Pool before) {
        return idleMachine(origin, before)
                .map(machine -> idle(origin, machine))
                .orElseGet(() -> origin.serving() ? reached(origin, before) : origin);
    }

    /** What the proxy finds ill is ill, whatever the edge finds. */
    private Origin reached(Origin origin, Pool before) {
        Health health = origin.health() == Health.HEALTHY
                ? machine(origin, before).map(Origin::health).orElse(Health.UNKNOWN)
                : origin.health();
        return new Origin(
                origin.server(), origin.address(), origin.weight(), origin.draining(), health, origin.inFlight());
    }

    /** No users come to its machine, so none come to it, whatever its proxy has ready for them. */
    private static Origin idle(Origin origin, Origin machine) {
        return new Origin(
                origin.server(),
                origin.address(),
                Weight.NONE,
                origin.draining() || machine.draining(),
                origin.health(),
                Math.max(origin.inFlight(), machine.inFlight()));
    }

    /** The machine of a server, where it is at the edge and gets no users. */
    private Optional<Origin> idleMachine(Origin origin, Pool before) {
        return machine(origin, before).filter(machine -> origin.serving() && !machine.serving());
    }

    private Optional<Origin> machine(Origin origin, Pool before) {
        return before.origins().stream()
                .filter(machine -> OriginName.isOne(machine.server()))
                .filter(machine -> machines.has(machine.address(), origin.address()))
                .findFirst();
    }
}
