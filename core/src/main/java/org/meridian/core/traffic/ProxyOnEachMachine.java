package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.TrafficDriver;

/**
 * Steers traffic with a proxy on each machine that has servers: users come to any of them, and each splits its requests between the
 * releases beside it. A region's pool is what its machines have, together.
 *
 * <p>What is done to a pool is done on all machines of its region at the same time, and fails when it failed on one of them; the
 * others have it then. Only where a change of weights leaves nothing that serves it is done last, so that the region's other servers
 * take requests before these end. What is seen is seen on all of them, or not at all.
 */
public final class ProxyOnEachMachine implements TrafficDriver {
    private final MachineProxy.Source source;
    private final URI address;
    private final Tasks tasks;
    private final Everywhere everywhere;
    private @Nullable Set<MachineProxy> prepared;

    /**
     * The proxies of an app; nothing is connected to before it is needed.
     *
     * @param address what users ask for
     */
    public ProxyOnEachMachine(MachineProxy.Source source, URI address, Tasks tasks) {
        this.source = requireNonNull(source, "source is null");
        this.address = requireNonNull(address, "address is null");
        this.tasks = requireNonNull(tasks, "tasks is null");
        this.everywhere = new Everywhere(tasks);
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        return together(source.proxies());
    }

    @Override
    public Pool observe(RegionName region) throws InterruptedException {
        return together(machines(region)).stream()
                .filter(pool -> pool.region().equals(region))
                .findFirst()
                .orElseGet(() -> new Pool(region, List.of()));
    }

    private List<Pool> together(List<MachineProxy> some) throws InterruptedException {
        Map<MachineProxy, List<Pool>> views = new ConcurrentHashMap<>();
        tasks.forEach(some, machine -> look(machine, views));
        Map<RegionName, List<Origin>> origins = new TreeMap<>();
        for (MachineProxy machine : some) {
            views.getOrDefault(machine, List.of())
                    .forEach(pool -> origins.computeIfAbsent(pool.region(), region -> new ArrayList<>())
                            .addAll(pool.origins()));
        }
        return origins.entrySet().stream()
                .map(pool -> new Pool(pool.getKey(), pool.getValue()))
                .toList();
    }

    private static void look(MachineProxy machine, Map<MachineProxy, List<Pool>> views) throws InterruptedException {
        views.put(machine, machine.traffic().observe());
    }

    @Override
    public void prepare() throws InterruptedException {
        List<MachineProxy> all = source.proxies();
        everywhere.tell(all, machine -> machine.traffic().prepare());
        prepared = Set.copyOf(all);
    }

    /** Machines may join after the others were prepared, and those have to know of them. */
    private void prepareNew() throws InterruptedException {
        Set<MachineProxy> before = prepared;
        if (before != null && !before.containsAll(source.proxies())) {
            prepare();
        }
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        prepareNew();
        List<MachineProxy> machines = machines(target.region());
        List<MachineProxy> serving =
                machines.stream().filter(machine -> machine.serves(target)).toList();
        List<MachineProxy> others =
                machines.stream().filter(machine -> !serving.contains(machine)).toList();
        everywhere.tell(serving, others, machine -> machine.traffic().apply(target));
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        everywhere.tell(machines(region), machine -> machine.traffic().drain(region, servers));
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        AtomicBoolean all = new AtomicBoolean(true);
        everywhere.tell(machines(region), machine -> {
            if (!machine.traffic().disconnect(region, servers)) {
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
        everywhere.tell(source.proxies(), machine -> machine.traffic().destroyAll());
    }

    @Override
    public void close() {
        source.close();
    }

    private List<MachineProxy> machines(RegionName region) throws InterruptedException {
        return source.proxies().stream()
                .filter(machine -> machine.region().equals(region))
                .toList();
    }
}
