package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.App;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;

/**
 * Steers traffic with a proxy on each machine that has servers: users come to any of them, and each splits its requests between the
 * releases beside it. A region's pool is what its machines have, together.
 *
 * <p>What is done to a pool is done on all machines of its region at the same time.
 */
public final class ProxiesTraffic implements TrafficDriver {
    private final App app;
    private final ProxySource source;
    private final URI address;
    private final Tasks tasks;
    private final Time time;
    private @Nullable List<MachineTraffic> machines;

    /**
     * The proxies of an app; nothing is connected to before it is needed.
     *
     * @param address what users ask for
     */
    public ProxiesTraffic(App app, ProxySource source, URI address, Tasks tasks, Time time) {
        this.app = requireNonNull(app, "app is null");
        this.source = requireNonNull(source, "source is null");
        this.address = requireNonNull(address, "address is null");
        this.tasks = requireNonNull(tasks, "tasks is null");
        this.time = requireNonNull(time, "time is null");
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        return together(machines());
    }

    @Override
    public Pool observe(RegionName region) throws InterruptedException {
        return together(machines(region)).stream()
                .filter(pool -> pool.region().equals(region))
                .findFirst()
                .orElseGet(() -> new Pool(region, List.of()));
    }

    private List<Pool> together(List<MachineTraffic> some) throws InterruptedException {
        Map<MachineTraffic, List<Pool>> views = new ConcurrentHashMap<>();
        tasks.forEach(some, machine -> views.put(machine, machine.observe()));
        Map<RegionName, List<Origin>> origins = new TreeMap<>();
        for (MachineTraffic machine : some) {
            views.getOrDefault(machine, List.of())
                    .forEach(pool -> origins.computeIfAbsent(pool.region(), region -> new ArrayList<>())
                            .addAll(pool.origins()));
        }
        return origins.entrySet().stream()
                .map(pool -> new Pool(pool.getKey(), pool.getValue()))
                .toList();
    }

    @Override
    public void prepare() throws InterruptedException {
        tasks.forEach(machines(), TrafficDriver::prepare);
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        tasks.forEach(machines(target.region()), machine -> machine.apply(target));
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        tasks.forEach(machines(region), machine -> machine.drain(region, servers));
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        AtomicBoolean all = new AtomicBoolean(true);
        tasks.forEach(machines(region), machine -> {
            if (!machine.disconnect(region, servers)) {
                all.set(false);
            }
        });
        return all.get();
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public List<String> staying() throws InterruptedException {
        return observe().isEmpty() ? List.of() : List.of("the proxies on the machines");
    }

    @Override
    public void destroyAll() throws InterruptedException {
        tasks.forEach(machines(), TrafficDriver::destroyAll);
    }

    @Override
    public synchronized void close() {
        if (machines != null) {
            machines.forEach(TrafficDriver::close);
        }
    }

    private List<MachineTraffic> machines(RegionName region) throws InterruptedException {
        return machines().stream()
                .filter(machine -> machine.region().equals(region))
                .toList();
    }

    private synchronized List<MachineTraffic> machines() throws InterruptedException {
        if (machines == null) {
            List<Proxy> proxies = source.proxies();
            List<String> before = source.before();
            String check = EdgeConfig.check(app);
            machines = proxies.stream()
                    .map(proxy -> new MachineTraffic(
                            proxy,
                            new HaproxyTraffic(
                                    app, new ProxyRoutes(app, proxy, proxies, before, check), proxy.machine(), time)))
                    .toList();
        }
        return machines;
    }
}
