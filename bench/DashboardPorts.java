import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.meridian.core.model.ContainerUsage;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.Origin;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.Pool;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.operation.Workspace;
import org.meridian.core.rollout.Fleets;
import org.meridian.core.rollout.Hooks;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.Prober;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.testkit.simulation.SimulatedWorld;

/**
 * The ports to a simulated world that stands still but for its figures: the simulation is asked once, at the beginning. So what the
 * process costs is nearly all the dashboard's.
 */
final class DashboardPorts implements ServerAccess, MetricSource, Prober {
    private static final List<Duration> BOUNDS =
            IntStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000).mapToObj(Duration::ofMillis).toList();
    private static final int ROUNDS = 300;

    private final Workspace workspace;
    private final List<Server> servers;
    private final Map<RegionName, List<ServerName>> byRegion;
    private final int containers;
    private final long begin = System.nanoTime();

    private DashboardPorts(Workspace simulated, int containers) throws InterruptedException {
        this.containers = containers;
        World there = simulated.world();
        this.servers = there.fleets().observe().servers();
        this.byRegion = servers.stream()
                .collect(Collectors.groupingBy(Server::region, Collectors.mapping(Server::name, Collectors.toList())));
        FleetDriver fleet = asked(FleetDriver.class, Map.of("provider", "simulated", "observe", FleetView.whole(servers)));
        List<Pool> pools = there.traffic().observe();
        TrafficDriver traffic = (TrafficDriver) Proxy.newProxyInstance(
                DashboardPorts.class.getClassLoader(), new Class<?>[] {TrafficDriver.class}, (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "observe" -> pools.stream().map(DashboardPorts::busy).toList();
                            case "address" -> there.traffic().address();
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
        SystemTime time = new SystemTime();
        World here = new World(
                new Fleets(List.of(fleet)), there.hosts(), traffic, this, this, Hooks.none(event -> {}, time), time,
                new VirtualThreads(), event -> {});
        this.workspace =
                new Workspace(simulated.app(), here, remembered(simulated.state()), simulated.registry(), List.of(), "bench");
    }

    /** Nothing is written: what would be, goes nowhere. */
    private static StateStore remembered(StateStore state) {
        return asked(
                StateStore.class,
                Map.of(
                        "holder", Optional.empty(),
                        "answer", Optional.empty(),
                        "releases", state.releases(),
                        "rollouts", state.rollouts(),
                        "journal", state.journal(state.rollouts().getLast().number()),
                        "receipts", state.receipts(),
                        "audit", List.of()));
    }

    /** Those of this world, each of whose servers has so many containers. */
    static DashboardPorts of(SimulatedWorld world, int containers) throws InterruptedException {
        return new DashboardPorts(world.workspace(), containers);
    }

    Workspace workspace() {
        return workspace;
    }

    /** What the figures of a second cost, in microseconds of a core: all pools, counts and probes, and a tenth of the usages. */
    long microsASecond() throws InterruptedException {
        long cost = 0;
        for (int i = 0; i < ROUNDS; i++) {
            // The rounds before the last ones warm up.
            if (i == ROUNDS / 2) {
                cost = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            }
            var pools = workspace.world().traffic().observe();
            for (Region region : workspace.app().regions()) {
                var counts = read(region.name());
                var answer = probe(region, "/", Duration.ZERO);
            }
            for (int n = 0; n < servers.size() / 10; n++) {
                var usage = usage(servers.get(n));
            }
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cost) / 1000 / (ROUNDS / 2);
    }

    @Override
    public List<OriginMetrics> read(RegionName region) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return byRegion.getOrDefault(region, List.of()).stream().map(name -> counts(name, seconds)).toList();
    }

    /** Some ten to thirty requests a second, more and less by turns. */
    private static OriginMetrics counts(ServerName name, double seconds) {
        int seed = name.hashCode() & 0xff;
        long requests = (long) (seconds * (10 + seed / 12.0) + 40 * Math.sin(seconds / 7 + seed)) + 100;
        TreeMap<Duration, Long> latencies = new TreeMap<>();
        for (int i = 0; i < BOUNDS.size(); i++) {
            latencies.put(BOUNDS.get(i), Math.min(requests, requests * (i + 1 + (seed & 1)) / 9));
        }
        return new OriginMetrics(name, requests, requests / 900, latencies);
    }

    @Override
    public Answer probe(Region from, String path, Duration timeout) {
        return new Answer(true, true, Duration.ofMillis(ThreadLocalRandom.current().nextInt(8, 60)), "");
    }

    @Override
    public ServerUsage usage(Server server) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        List<ContainerUsage> running = IntStream.range(0, containers)
                .mapToObj(i -> new ContainerUsage(
                        Integer.toHexString((server.name().value() + i).hashCode()) + "0c0ffee",
                        i == 0 ? "web" : "worker" + i,
                        server.release(),
                        "registry.example.com/journal@sha256:0123456789abcdef",
                        "running",
                        i == 0 ? "healthy" : "none",
                        random.nextDouble(30),
                        64_000_000L + random.nextInt(10_000_000),
                        0,
                        List.of(
                                new ContainerUsage.Running(4711 + i, "app", "server"),
                                new ContainerUsage.Running(5711 + i, "app", "worker"))))
                .toList();
        return new ServerUsage(
                server.name(),
                random.nextDouble(100),
                new ServerUsage.Amount((1L << 30) + random.nextInt(1 << 28), 4L << 30),
                new ServerUsage.Amount((5L << 30) + random.nextInt(1 << 20), 20L << 30),
                running);
    }

    @Override
    public LogReader logs(Server server, LogRequest request) {
        throw new UnsupportedOperationException("nobody reads logs here");
    }

    @Override
    public RemoteProcess start(Server server, Invocation invocation) {
        throw new UnsupportedOperationException("nobody types here");
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private static Pool busy(Pool pool) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new Pool(
                pool.region(),
                pool.origins().stream()
                        .map(origin -> new Origin(
                                origin.server(), origin.address(), origin.weight(), origin.draining(), origin.health(), random.nextInt(9)))
                        .toList());
    }

    /** A port whose methods of these names have these answers, and all others none. */
    private static <T> T asked(Class<T> port, Map<String, ?> answers) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
