package org.meridian.core.rollout;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Duties;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;

/**
 * Lets what runs by schedule follow a region's traffic: one server of the release that serves there has the schedules, so
 * that for each due time a job starts once at most (docs/decisions/0026). Every part may be repeated.
 */
final class JobHandOver {
    private final World world;
    private final JobCalls calls;
    private final Function<ReleaseId, Duties> duties;
    private final NewServers made;

    JobHandOver(World world, Function<ReleaseId, Duties> duties, NewServers made) {
        this.world = world;
        this.calls = new JobCalls(world);
        this.duties = duties;
        this.made = made;
    }

    /** Before traffic moves: none but the servers that it moves to run anything by schedule from now on. */
    void leave(RegionName region, List<Server> others) throws InterruptedException {
        end(region, others);
    }

    private void end(RegionName region, Collection<Server> servers) throws InterruptedException {
        calls.end(scheduling(region, servers));
    }

    /**
     * Once it has moved: a run that was due before goes on to its end, and what came due since is made up for by the server
     * that has the schedules from now on.
     *
     * @param own     the servers that traffic moved to
     * @param others  all others of the region
     * @param healthy those that are well
     */
    void arrive(RegionName region, List<Server> own, List<Server> others, Healthy healthy) throws InterruptedException {
        Optional<ServerName> first =
                Duties.runner(own.stream().map(Server::name).toList());
        List<Server> leaving = Stream.concat(others.stream(), own.stream())
                .filter(server -> !first.equals(Optional.of(server.name())))
                .toList();
        List<Server> former = scheduling(region, leaving);
        end(region, former);
        Map<String, Instant> since = calls.awaitEnded(
                former.stream().collect(Collectors.toMap(server -> server, server -> duties.apply(server.release()))));
        List<Server> able = scheduling(region, own);
        Optional<Server> runner = able.stream()
                .filter(server -> first.equals(Optional.of(server.name())))
                .findFirst();
        if (runner.isPresent() && healthy.among(runner.get().name())) {
            start(region, runner.get(), since);
            calls.forget(former);
        } else if (able.isEmpty() && !own.isEmpty()) {
            // What serves now has no jobs, so nobody owes what comes due.
            calls.forget(former);
        }
    }

    private void start(RegionName region, Server runner, Map<String, Instant> since) throws InterruptedException {
        Set<String> jobs = duties.apply(runner.release()).jobsIn(region).keySet();
        made.work(List.of(runner.name()));
        calls.start(runner, jobs, since);
        world.events()
                .emit(new RolloutEvent.Scheduled(world.time().now(), region, runner.release(), runner.name(), jobs));
    }

    private List<Server> scheduling(RegionName region, Collection<Server> servers) {
        return servers.stream()
                .filter(server -> !duties.apply(server.release()).jobsIn(region).isEmpty())
                .toList();
    }

    /** Which servers the edge sees healthy. */
    @FunctionalInterface
    interface Healthy {
        /** Whether this one is among them now. */
        boolean among(ServerName server) throws InterruptedException;
    }
}
