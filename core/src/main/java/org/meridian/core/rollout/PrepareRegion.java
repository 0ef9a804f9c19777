package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.Weight;
import org.meridian.core.plan.RegionPlan;

/**
 * Makes a region's new fleet beside the old one, up to where the edge health-checks it; no user sees it yet.
 *
 * <p>Each part looks first and does what is missing, so that running it again goes on where it was.
 */
final class PrepareRegion {
    private static final Duration ADDRESS_WITHIN = Duration.ofMinutes(2);

    private final World world;
    private final Installations installations;
    private final Approval approval;
    private final StartOrder order;
    private final NewServers made;
    private final Map<RegionName, List<Server>> installed = new ConcurrentHashMap<>();

    PrepareRegion(World world, Installations installations, Approval approval, StartOrder order, NewServers made) {
        this.world = world;
        this.installations = installations;
        this.approval = approval;
        this.order = order;
        this.made = made;
    }

    /** Up to where the new fleet has everything that it needs, and nothing of it runs. */
    void install(RegionPlan plan) throws InterruptedException {
        createMissing(plan);
        List<Server> servers = awaitAddresses(plan);
        world.tasks().forEach(servers, prepareServer()::install);
        installed.put(plan.name(), servers);
    }

    /** All of it; what is installed already is not installed again. */
    void run(RegionPlan plan) throws InterruptedException {
        PrepareServer prepare = prepareServer();
        if (installed.containsKey(plan.name())) {
            List<Server> servers = requireNonNull(installed.get(plan.name()));
            world.tasks().forEach(servers, prepare::start);
            joinPool(plan, servers);
            return;
        }
        createMissing(plan);
        List<Server> servers = awaitAddresses(plan);
        world.tasks().forEach(servers, prepare::run);
        joinPool(plan, servers);
    }

    private PrepareServer prepareServer() {
        return new PrepareServer(world, installations, approval, order);
    }

    private void createMissing(RegionPlan plan) throws InterruptedException {
        List<ServerSpec> wanted = new ArrayList<>(plan.wanted());
        List<Server> there = world.fleets().observe(plan.region()).servers();
        for (Server server : there) {
            if (!plan.wants(server.name())) {
                wanted.add(ServerSpec.of(server));
            }
        }
        made.add(missing(plan, there));
        Stopwatch watch = Stopwatch.start(world.time());
        world.fleets().converge(plan.region(), wanted);
        for (ServerSpec spec : plan.toCreate()) {
            world.events()
                    .emit(new RolloutEvent.ServerReached(
                            world.time().now(), plan.name(), spec.name(), Stage.CREATED, watch.elapsed()));
        }
    }

    private static List<ServerName> missing(RegionPlan plan, List<Server> there) {
        Set<ServerName> running = there.stream()
                .filter(server -> server.state() != Server.State.STOPPED)
                .map(Server::name)
                .collect(Collectors.toSet());
        return plan.wanted().stream()
                .map(ServerSpec::name)
                .filter(name -> !running.contains(name))
                .toList();
    }

    private List<Server> awaitAddresses(RegionPlan plan) throws InterruptedException {
        List<Server> ready = new ArrayList<>();
        new Wait("the provider to give the new servers an address", ADDRESS_WITHIN, Duration.ofMillis(300))
                .until(
                        world,
                        plan.name(),
                        () -> {
                            approval.requireNotAborted();
                            ready.clear();
                            ready.addAll(reachable(plan));
                            return ready.size() == plan.toPrepare().size();
                        },
                        () -> ready.size() + " of " + plan.toPrepare().size() + " have one",
                        () -> Diagnostic.of(
                                "server-without-address",
                                plan.name() + ": "
                                        + (plan.toPrepare().size() - ready.size())
                                        + " of the new servers got no address or no SSH host key within "
                                        + Durations.spoken(ADDRESS_WITHIN),
                                "See at the provider why they did not boot, then deploy again."));
        return List.copyOf(ready);
    }

    private List<Server> reachable(RegionPlan plan) throws InterruptedException {
        Set<ServerName> names = plan.toPrepare().stream().map(ServerSpec::name).collect(Collectors.toSet());
        return world.fleets().observe(plan.region()).servers().stream()
                .filter(server -> names.contains(server.name()))
                .filter(server ->
                        server.address().isPresent() && server.hostKey().isPresent())
                .toList();
    }

    private void joinPool(RegionPlan plan, List<Server> servers) throws InterruptedException {
        Pool pool = world.traffic().observe(plan.name());
        world.traffic()
                .apply(PoolChange.join(pool, servers.stream().map(this::origin).toList()));
    }

    private OriginTarget origin(Server server) {
        Release release = installations.release();
        return new OriginTarget(server.name(), server.origin(release.content().serve()), Weight.NONE);
    }
}
