package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.event.EventSink;
import org.meridian.core.model.DnsAddress;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.DnsRecords;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;

/**
 * Proxies that users find by records in DNS, which are kept as the machines are: a machine's record comes after its proxy serves, and goes
 * before anything on the machine ends, with the time that resolvers keep it in between.
 */
public final class DnsBeforeProxies implements TrafficDriver {
    private final TrafficDriver proxies;
    private final MachineRecords records;
    private final List<String> names;
    private final Duration ttl;

    /**
     * In front of these proxies.
     *
     * @param names    the app's public names
     * @param ttl      how long resolvers keep what Meridian's records say
     * @param machines the machines that have the proxies
     */
    public DnsBeforeProxies(
            TrafficDriver proxies,
            List<String> names,
            Duration ttl,
            DnsRecords records,
            MachineOrigins machines,
            Time time,
            EventSink events) {
        this.proxies = requireNonNull(proxies, "proxies is null");
        this.names = List.copyOf(names);
        this.ttl = requireNonNull(ttl, "ttl is null");
        this.records = new MachineRecords(names, records, machines, time, events);
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        return proxies.observe();
    }

    @Override
    public Pool observe(RegionName region) throws InterruptedException {
        return proxies.observe(region);
    }

    /** Nothing is set up where the names are somebody else's. */
    @Override
    public void prepare() throws InterruptedException {
        records.read();
        proxies.prepare();
        for (Pool pool : proxies.observe()) {
            follow(pool.region(), serving(pool, origin -> true));
        }
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        proxies.apply(target);
        if (!records.seen()) {
            return;
        }
        follow(
                target.region(),
                target.origins().stream()
                        .filter(origin -> origin.weight().serving())
                        .map(origin -> DnsAddress.of(MachineRecords.host(origin.address())))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Users of a machine that keeps no other server are led away first. */
    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        Set<ServerName> leaving = new HashSet<>(servers);
        Pool now = proxies.observe(region);
        Set<DnsAddress> staying = serving(now, origin -> !leaving.contains(origin.server()));
        Set<DnsAddress> left = now.origins().stream()
                .filter(origin -> leaving.contains(origin.server()))
                .map(DnsBeforeProxies::address)
                .filter(address -> !staying.contains(address))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!left.isEmpty()) {
            records.withdraw(region, staying);
            records.awaitForgotten(region, left, ttl);
        }
        proxies.drain(region, servers);
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        return proxies.disconnect(region, servers);
    }

    @Override
    public Duration healthWithin() {
        return proxies.healthWithin();
    }

    @Override
    public URI address() {
        return proxies.address();
    }

    @Override
    public List<String> pending() throws InterruptedException {
        return records.pending();
    }

    @Override
    public List<String> staying() throws InterruptedException {
        Stream<String> atDns = records.any() ? Stream.of("DNS records of " + String.join(", ", names)) : Stream.of();
        return Stream.concat(atDns, proxies.staying().stream()).toList();
    }

    /** The records first: no new user shall come to a machine that has no proxy any more. */
    @Override
    public void destroyAll() throws InterruptedException {
        records.removeAll();
        proxies.destroyAll();
    }

    @Override
    public void close() {
        records.close();
        proxies.close();
    }

    /** A region in which nothing serves is left as it is: its proxies send users on to the others. */
    private void follow(RegionName region, Set<DnsAddress> serving) throws InterruptedException {
        if (!serving.isEmpty()) {
            records.publish(region, serving);
            records.withdraw(region, serving);
        }
    }

    private static Set<DnsAddress> serving(Pool pool, Predicate<Origin> which) {
        return pool.origins().stream()
                .filter(which)
                .filter(Origin::serving)
                .map(DnsBeforeProxies::address)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DnsAddress address(Origin origin) {
        return DnsAddress.of(MachineRecords.host(origin.address()));
    }
}
