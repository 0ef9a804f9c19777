package org.meridian.drivers.haproxy;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.TrafficDriver;

/** The part of its region's pool that one machine has: the servers there, which its proxy reaches without leaving it. */
final class MachineTraffic implements TrafficDriver {
    private final Proxy proxy;
    private final TrafficDriver haproxy;

    MachineTraffic(Proxy proxy, TrafficDriver haproxy) {
        this.proxy = proxy;
        this.haproxy = haproxy;
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        return haproxy.observe().stream().map(this::outside).toList();
    }

    private Pool outside(Pool pool) {
        return new Pool(
                pool.region(),
                pool.origins().stream()
                        .map(origin -> new Origin(
                                origin.server(),
                                proxy.outside(origin.address()),
                                origin.weight(),
                                origin.draining(),
                                origin.health(),
                                origin.inFlight()))
                        .toList());
    }

    @Override
    public void prepare() throws InterruptedException {
        haproxy.prepare();
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        haproxy.apply(new PoolTarget(
                target.region(),
                target.origins().stream()
                        .filter(origin -> proxy.has(origin.address()))
                        .map(origin ->
                                new OriginTarget(origin.server(), Proxy.beside(origin.address()), origin.weight()))
                        .toList()));
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        haproxy.drain(region, servers);
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        return haproxy.disconnect(region, servers);
    }

    @Override
    public URI address() {
        return haproxy.address();
    }

    @Override
    public void destroyAll() throws InterruptedException {
        haproxy.destroyAll();
    }

    @Override
    public void close() {
        haproxy.close();
    }
}
