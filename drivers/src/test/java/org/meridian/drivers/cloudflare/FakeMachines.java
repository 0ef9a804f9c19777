package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.meridian.core.model.Region;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Installation;
import org.meridian.testkit.TestOrigin;

/** Servers that are there at once, each a real origin on an address of its own once its release is started. */
final class FakeMachines implements FleetDriver, HostDriver {
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private final int port;
    private final Predicate<ServerName> inUse;
    private final Map<ServerName, Server> servers = new ConcurrentSkipListMap<>();
    private final Map<ServerName, TestOrigin> origins = new ConcurrentHashMap<>();
    private final Set<ServerName> shut = ConcurrentHashMap.newKeySet();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    /** Machines whose app is at this port; none may be destroyed while users or sessions are with it. */
    FakeMachines(int port, Predicate<ServerName> inUse) {
        this.port = port;
        this.inUse = inUse;
    }

    /** The edge will never find this server healthy, however well it answers Meridian. */
    void shutToTheEdge(String server) {
        shut.add(new ServerName(server));
    }

    /** A server's health checks fail from now on. */
    void fallsIll(String server) {
        requireNonNull(origins.get(new ServerName(server))).healthy(false);
    }

    Set<ReleaseId> releases() {
        return servers.values().stream().map(Server::release).collect(Collectors.toSet());
    }

    /** Servers that were destroyed though users were with them. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public String provider() {
        return "under-test";
    }

    @Override
    public FleetView observe() {
        return FleetView.whole(List.copyOf(servers.values()));
    }

    @Override
    public void converge(Region region, List<ServerSpec> wanted) {
        List<ServerName> names = wanted.stream().map(ServerSpec::name).toList();
        for (Server server : List.copyOf(servers.values())) {
            if (server.region().equals(region.name()) && !names.contains(server.name())) {
                destroy(server.name());
            }
        }
        wanted.forEach(spec -> servers.computeIfAbsent(spec.name(), name -> made(region, spec)));
    }

    private Server made(Region region, ServerSpec spec) {
        int n = ADDRESSES.incrementAndGet();
        return new Server(
                spec.name(),
                region.name(),
                spec.release(),
                spec.revision(),
                Optional.of("127.79." + n / 250 + "." + (n % 250 + 1)),
                Optional.of("ssh-ed25519 AAAA"),
                Server.State.RUNNING);
    }

    private void destroy(ServerName name) {
        if (inUse.test(name)) {
            violations.add(name + " was destroyed while users were with it");
        }
        Optional.ofNullable(origins.remove(name)).ifPresent(TestOrigin::close);
        servers.remove(name);
    }

    @Override
    public void destroyAll() {
        new ArrayList<>(servers.keySet()).forEach(this::destroy);
    }

    @Override
    public void logIn(Server server) {}

    @Override
    public void awaitBoot(Server server, Duration within) {
        // It has.
    }

    @Override
    public void place(Server server, Installation installation) {
        // Nothing needs a file.
    }

    @Override
    public void pull(Server server, ReleaseId release, Duration within) {
        // Nothing needs an image.
    }

    @Override
    public List<String> keep(Server server, Installation installation, Duration within) {
        return List.of();
    }

    @Override
    public void start(Server server, ReleaseId release, Duration within) {
        TestOrigin origin = origins.computeIfAbsent(
                server.name(), name -> new TestOrigin(name, server.address().orElseThrow(), port, "_session"));
        if (shut.contains(server.name())) {
            origin.healthy(false);
        }
    }

    @Override
    public void startWorkers(Server server, ReleaseId release, Set<String> workers, Duration within) {
        // Its apps have none.
    }

    @Override
    public void endWorkers(Server server, ReleaseId release, Set<String> but) {
        // Its apps have none.
    }

    @Override
    public void startJobs(
            Server server, ReleaseId release, Set<String> jobs, Map<String, Instant> since, Duration within) {
        // Its apps have none.
    }

    @Override
    public void endJobs(Server server, ReleaseId release, Set<String> but) {
        // Its apps have none.
    }

    @Override
    public Map<String, Instant> awaitJobsEnded(Server server, ReleaseId release, Duration within) {
        return Map.of();
    }

    @Override
    public void forgetJobs(Server server, ReleaseId release) {
        // Its apps have none.
    }

    @Override
    public void awaitWorkersEnded(Server server, ReleaseId release, Duration within) {
        // Its apps have none.
    }

    @Override
    public HealthAnswer health(Server server, Release release) {
        boolean runs = origins.containsKey(server.name());
        return new HealthAnswer(runs, runs ? "200" : "connection refused");
    }

    @Override
    public CommandOutcome runOnce(
            Server server, Release release, String service, List<String> command, Duration within) {
        return new CommandOutcome(0, "");
    }

    @Override
    public String recentLogs(Server server, ReleaseId release, int lines) {
        return "";
    }

    @Override
    public String boot(Server server) {
        return "the first";
    }

    @Override
    public void reboot(Server server) {
        throw new UnsupportedOperationException("nothing reboots here");
    }

    @Override
    public void forget(ServerName server) {
        // Nothing is kept.
    }

    @Override
    public void close() {
        origins.values().forEach(TestOrigin::close);
    }
}
