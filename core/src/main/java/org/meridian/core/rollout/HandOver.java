package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Duties;
import org.meridian.core.model.Origin;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.spi.Tasks;

/**
 * Lets a region's workers follow its traffic, so that no job is taken by a release that does not serve there, and none by
 * two releases at once.
 *
 * <p>The workers of all others are told to end just before traffic moves: from then on they take no job. Those of the
 * release that traffic came to start once the others have ended (docs/decisions/0023). Every part may be repeated.
 */
final class HandOver {
    private static final Duration START_WITHIN = Duration.ofMinutes(4);

    /** What a container's end takes beyond its own grace period. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final World world;
    private final Function<ReleaseId, Duties> duties;

    /** A hand-over in this world, which knows what each release does beside answering requests. */
    HandOver(World world, Function<ReleaseId, Duties> duties) {
        this.world = world;
        this.duties = duties;
    }

    /** Moves a region's traffic to these of its servers, which have one release, and its workers with it. */
    void to(RegionPlan region, Collection<ServerName> owners, Tasks.Work move) throws InterruptedException {
        List<Server> servers = running(region);
        List<Server> own = servers.stream()
                .filter(server -> owners.contains(server.name()))
                .toList();
        List<Server> others = servers.stream()
                .filter(server -> !owners.contains(server.name()))
                .filter(server -> !work(server).isEmpty())
                .toList();
        for (Tasks.Work step : steps(region, own, others, move)) {
            step.run();
        }
    }

    private List<Tasks.Work> steps(RegionPlan region, List<Server> own, List<Server> others, Tasks.Work move) {
        Set<String> overlapping = overlapping(own);
        return List.of(
                () -> end(others, overlapping),
                move,
                () -> awaitEnded(others),
                () -> start(region, own),
                () -> endOverlapping(others, overlapping));
    }

    /** What was let run until the new ones had started. */
    private void endOverlapping(List<Server> others, Set<String> overlapping) throws InterruptedException {
        if (!overlapping.isEmpty()) {
            end(others, Set.of());
            awaitEnded(others);
        }
    }

    /** Puts a region's workers where its traffic is: a hand-over that was cut off is finished, one that was not needed is none. */
    void settle(RegionPlan region) throws InterruptedException {
        if (running(region).stream().allMatch(server -> work(server).isEmpty())) {
            return;
        }
        to(region, owners(region), () -> {});
    }

    /** The servers with traffic, of the release that had it before where two have. */
    private Set<ServerName> owners(RegionPlan region) throws InterruptedException {
        Map<ServerName, ReleaseId> releases =
                running(region).stream().collect(Collectors.toMap(Server::name, Server::release));
        Set<ServerName> serving = new EdgeView(world)
                .pool(region.name()).origins().stream()
                        .filter(Origin::serving)
                        .map(Origin::server)
                        .filter(releases::containsKey)
                        .collect(Collectors.toSet());
        Optional<ReleaseId> owner = region.former()
                .filter(former -> serving.stream().anyMatch(name -> former.equals(releases.get(name))))
                .or(() -> serving.stream().sorted().map(releases::get).findFirst());
        return serving.stream()
                .filter(name -> owner.equals(Optional.ofNullable(releases.get(name))))
                .collect(Collectors.toSet());
    }

    /** What is unreachable is among them: whether its workers run is not known, and that is a failure. */
    private List<Server> running(RegionPlan region) throws InterruptedException {
        return world.fleets().observe(region.region()).servers().stream()
                .filter(server -> server.state() != Server.State.STOPPED)
                .toList();
    }

    private Duties work(Server server) {
        return duties.apply(server.release());
    }

    private Set<String> overlapping(List<Server> own) {
        return own.stream()
                .flatMap(server -> work(server).workers().entrySet().stream())
                .filter(worker -> worker.getValue().overlap())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void end(List<Server> servers, Set<String> but) throws InterruptedException {
        world.tasks().forEach(servers, server -> world.patience()
                .act(() -> unlessGone(server, () -> world.hosts().endWorkers(server, server.release(), but))));
    }

    private void awaitEnded(List<Server> servers) throws InterruptedException {
        world.tasks().forEach(servers, server -> {
            Duration within = work(server).grace().plus(MARGIN);
            boolean ignored = world.patience()
                    .within(
                            within,
                            left -> {
                                unlessGone(
                                        server, () -> world.hosts().awaitWorkersEnded(server, server.release(), left));
                                return true;
                            },
                            () -> true);
        });
    }

    /** What died has no workers any more. */
    private void unlessGone(Server server, Tasks.Work work) throws InterruptedException {
        try {
            work.run();
        } catch (Failure e) {
            boolean gone = Patience.isMomentary(e)
                    && world.fleets()
                            .observe()
                            .server(server.name())
                            .filter(seen -> seen.state() != Server.State.STOPPED)
                            .isEmpty();
            if (!gone) {
                throw e;
            }
        }
    }

    /**
     * On each of the servers what it has to do. One that the edge does not see healthy may not have started yet, or never
     * will: it is left as it is.
     */
    private void start(RegionPlan region, List<Server> own) throws InterruptedException {
        List<ServerName> fleet = own.stream().map(Server::name).toList();
        List<Server> working = healthy(region, own).stream()
                .filter(server -> !work(server).isEmpty())
                .toList();
        leaveToOthers(region, working, fleet);
        world.tasks()
                .forEach(
                        working,
                        server -> startOn(server, work(server).of(region.name(), server.name(), fleet)));
        if (!working.isEmpty()) {
            world.events()
                    .emit(new RolloutEvent.HandedOver(
                            world.time().now(),
                            region.name(),
                            requireNonNull(working.getFirst()).release(),
                            names(region, working, fleet)));
        }
    }

    private List<Server> healthy(RegionPlan region, List<Server> own) throws InterruptedException {
        Set<ServerName> healthy = new EdgeView(world)
                .pool(region.name()).origins().stream()
                        .filter(origin -> origin.health() == Origin.Health.HEALTHY)
                        .map(Origin::server)
                        .collect(Collectors.toSet());
        return own.stream().filter(server -> healthy.contains(server.name())).toList();
    }

    /** A worker that runs on some servers only may move to another one when servers come or go; it never runs on both. */
    private void leaveToOthers(RegionPlan region, List<Server> working, List<ServerName> fleet)
            throws InterruptedException {
        List<Server> bounded =
                working.stream().filter(server -> work(server).bounded()).toList();
        world.tasks().forEach(bounded, server -> world.patience().act(() -> unlessGone(server, () -> world.hosts()
                .endWorkers(
                        server,
                        server.release(),
                        work(server).of(region.name(), server.name(), fleet)))));
        awaitEnded(bounded);
    }

    private Set<String> names(RegionPlan region, List<Server> working, List<ServerName> fleet) {
        return working.stream()
                .flatMap(server -> work(server).of(region.name(), server.name(), fleet).stream())
                .collect(Collectors.toSet());
    }

    private void startOn(Server server, Set<String> workers) throws InterruptedException {
        boolean ignored = world.patience()
                .within(
                        START_WITHIN,
                        left -> {
                            world.hosts().startWorkers(server, server.release(), workers, left);
                            return true;
                        },
                        () -> true);
    }
}
