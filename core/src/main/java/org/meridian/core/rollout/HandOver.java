package org.meridian.core.rollout;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Duties;
import org.meridian.core.model.Origin;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.spi.Tasks;

/**
 * Lets a region's workers and schedules follow its traffic, so that no job is taken by a release that does not serve there,
 * and none by two releases at once.
 *
 * <p>The workers of all others are told to end just before traffic moves: from then on they take no job. Those of the
 * release that traffic came to start once the others have ended (docs/decisions/0023). Every part may be repeated.
 */
final class HandOver {
    private final World world;
    private final EdgeView edge;
    private final WorkerCalls workers;
    private final NewServers made;
    private final JobHandOver jobs;

    /**
     * A hand-over in this world, which knows what each release does beside answering requests. What this rollout made and has
     * started nothing of that on need not be reached.
     */
    HandOver(World world, Function<ReleaseId, Duties> duties, NewServers made) {
        this.made = made;
        this.world = world;
        this.edge = new EdgeView(world);
        this.workers = new WorkerCalls(world, duties);
        this.jobs = new JobHandOver(world, duties, made);
    }

    /** Moves a region's traffic to these of its servers, which have one release, and with it its workers and schedules. */
    void to(RegionPlan region, Collection<ServerName> owners, Tasks.Work move) throws InterruptedException {
        for (Tasks.Work part : parts(region, sides(region, owners), move)) {
            part.run();
        }
    }

    /**
     * Moves a region's traffic to these of its servers, and no more than tells the workers of the others to end: where users go
     * back, no region's traffic waits for another one's workers. {@link #settle} does the rest.
     */
    void trafficTo(RegionPlan region, Collection<ServerName> owners, Tasks.Work move) throws InterruptedException {
        leave(region, sides(region, owners), move);
    }

    private List<Tasks.Work> parts(RegionPlan region, Sides sides, Tasks.Work move) {
        return List.of(() -> leave(region, sides, move), () -> arrive(region, sides));
    }

    private void leave(RegionPlan region, Sides sides, Tasks.Work move) throws InterruptedException {
        jobs.leave(region.name(), sides.others());
        end(working(sides.others()), overlapping(sides.own()));
        move.run();
    }

    /** Workers first: a job that runs to its end may take longer than they should be away. */
    private void arrive(RegionPlan region, Sides sides) throws InterruptedException {
        List<Server> former = working(sides.others());
        workers.awaitEnded(former);
        start(region, sides.own());
        endOverlapping(former, overlapping(sides.own()));
        jobs.arrive(region.name(), sides.own(), sides.others(), server -> healthy(region)
                .contains(server));
    }

    private Sides sides(RegionPlan region, Collection<ServerName> owners) throws InterruptedException {
        List<Server> servers = running(region);
        return new Sides(
                servers.stream()
                        .filter(server -> owners.contains(server.name()))
                        .toList(),
                servers.stream()
                        .filter(server -> !owners.contains(server.name()) && !made.idle(server.name()))
                        .toList());
    }

    /**
     * Puts a region's workers and schedules where its traffic is: a hand-over that was cut off is finished, one that was not
     * needed is none.
     */
    void settle(RegionPlan region) throws InterruptedException {
        List<Server> servers = running(region);
        if (servers.stream().anyMatch(server -> !workers.work(server).isEmpty())) {
            to(region, owners(region, servers), () -> {});
        }
    }

    /** The servers with traffic, of the release that had it before where two have. */
    private Set<ServerName> owners(RegionPlan region, List<Server> servers) throws InterruptedException {
        Set<ServerName> serving = origins(region, Origin::serving);
        List<Server> candidates = servers.stream()
                .filter(server -> serving.contains(server.name()))
                .toList();
        Optional<ReleaseId> owner = region.former()
                .filter(former ->
                        candidates.stream().anyMatch(server -> server.release().equals(former)))
                .or(() -> candidates.stream().map(Server::release).findFirst());
        return candidates.stream()
                .filter(server -> owner.filter(server.release()::equals).isPresent())
                .map(Server::name)
                .collect(Collectors.toSet());
    }

    private Set<ServerName> origins(RegionPlan region, Predicate<Origin> which) throws InterruptedException {
        return edge.pool(region.name()).origins().stream()
                .filter(which)
                .map(Origin::server)
                .collect(Collectors.toSet());
    }

    private Set<ServerName> healthy(RegionPlan region) throws InterruptedException {
        return origins(region, origin -> origin.health() == Origin.Health.HEALTHY);
    }

    /** What is unreachable is among them: whether its workers run is not known, and that is a failure. */
    private List<Server> running(RegionPlan region) throws InterruptedException {
        return world.fleets().observe(region.region()).servers().stream()
                .filter(server -> server.state() != Server.State.STOPPED)
                .toList();
    }

    private List<Server> working(List<Server> servers) {
        return servers.stream().filter(this::works).toList();
    }

    private boolean works(Server server) {
        return !workers.work(server).workers().isEmpty();
    }

    private Set<String> overlapping(List<Server> own) {
        return own.stream()
                .flatMap(server -> workers.work(server).workers().entrySet().stream())
                .filter(worker -> worker.getValue().overlap())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void end(List<Server> servers, Set<String> but) throws InterruptedException {
        workers.end(servers, server -> but);
    }

    /** What was let run until the new ones had started. */
    private void endOverlapping(List<Server> others, Set<String> overlapping) throws InterruptedException {
        if (!overlapping.isEmpty()) {
            end(others, Set.of());
            workers.awaitEnded(others);
        }
    }

    /**
     * On each of the servers what it has to do. One that the edge does not see healthy may not have started yet, or never
     * will: it is left as it is.
     */
    private void start(RegionPlan region, List<Server> own) throws InterruptedException {
        List<ServerName> fleet = own.stream().map(Server::name).toList();
        Function<Server, Set<String>> its = server -> workers.work(server).of(region.name(), server.name(), fleet);
        Set<ServerName> healthy = healthy(region);
        List<Server> working = own.stream()
                .filter(server -> works(server) && healthy.contains(server.name()))
                .toList();
        leaveToOthers(working, its);
        made.work(working.stream().map(Server::name).toList());
        workers.start(working, its);
        if (!working.isEmpty()) {
            Set<String> names = working.stream()
                    .flatMap(server -> its.apply(server).stream())
                    .collect(Collectors.toSet());
            world.events()
                    .emit(new RolloutEvent.HandedOver(
                            world.time().now(),
                            region.name(),
                            working.getFirst().release(),
                            names));
        }
    }

    /** A worker that runs on some servers only may move to another one when servers come or go; it never runs on both. */
    private void leaveToOthers(List<Server> working, Function<Server, Set<String>> its) throws InterruptedException {
        List<Server> bounded = working.stream()
                .filter(server -> workers.work(server).bounded())
                .toList();
        workers.end(bounded, its);
        workers.awaitEnded(bounded);
    }

    /** Whose workers and schedules run in the end, and all others. */
    private record Sides(List<Server> own, List<Server> others) {}
}
