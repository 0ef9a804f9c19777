package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import org.meridian.core.model.App;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.core.traffic.MachineProxy;
import org.meridian.core.traffic.ProxyOnEachMachine;

/** HAProxy on each machine of an app that has servers, connected to when it is first needed. */
public final class ProxiesTraffic implements MachineProxy.Source {
    private final App app;
    private final ProxySource source;
    private final Time time;
    private List<Proxy> known = List.of();
    private List<MachineProxy> machines = List.of();

    private ProxiesTraffic(App app, ProxySource source, Time time) {
        this.app = requireNonNull(app, "app is null");
        this.source = requireNonNull(source, "source is null");
        this.time = requireNonNull(time, "time is null");
    }

    /**
     * Steers with the proxies of an app.
     *
     * @param address what users ask for
     */
    public static TrafficDriver of(App app, ProxySource source, URI address, Tasks tasks, Time time) {
        return new ProxyOnEachMachine(new ProxiesTraffic(app, source, time), address, tasks);
    }

    @Override
    public synchronized List<MachineProxy> proxies() throws InterruptedException {
        List<Proxy> proxies = source.proxies();
        if (!proxies.equals(known)) {
            close();
            List<String> before = source.before();
            machines = proxies.stream()
                    .map(proxy -> new MachineProxy(
                            proxy.region(), origin -> proxy.has(origin.address()), traffic(proxy, proxies, before)))
                    .toList();
            known = proxies;
        }
        return machines;
    }

    private TrafficDriver traffic(Proxy proxy, List<Proxy> proxies, List<String> before) {
        ProxyRoutes routes = new ProxyRoutes(app, proxy, proxies, before, EdgeConfig.check(app));
        return new MachineTraffic(proxy, new HaproxyTraffic(app, routes, proxy.machine(), time));
    }

    @Override
    public synchronized void close() {
        machines.forEach(machine -> machine.traffic().close());
    }
}
