package org.meridian.core.rollout;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meridian.core.model.Duties;
import org.meridian.core.model.Server;

/** Starts and ends what servers run by schedule, each call as patient as it may be. */
final class JobCalls {
    private final World world;
    private final DutyCalls calls;

    JobCalls(World world) {
        this.world = world;
        this.calls = new DutyCalls(world);
    }

    /** From now on nothing of it is run by schedule there; a run that goes on is let go on. */
    void end(Collection<Server> servers) throws InterruptedException {
        world.tasks().forEach(servers, server -> world.patience()
                .act(() -> calls.unlessGone(server, () -> world.hosts().endJobs(server, server.release(), Set.of()))));
    }

    /** Returns once no run goes on there, and tells until when each job's times were seen to anywhere. */
    Map<String, Instant> awaitEnded(Map<Server, Duties> servers) throws InterruptedException {
        Map<String, Instant> seen = new HashMap<>();
        world.tasks()
                .forEach(
                        servers.keySet(),
                        server -> calls.lasting(
                                server,
                                "the jobs on " + server.name() + " to end",
                                servers.getOrDefault(server, Duties.NONE)
                                        .longestJob()
                                        .plus(DutyCalls.MARGIN),
                                left -> calls.unlessGone(server, () -> {
                                    Map<String, Instant> its =
                                            world.hosts().awaitJobsEnded(server, server.release(), left);
                                    synchronized (seen) {
                                        its.forEach((job, until) -> seen.merge(job, until, JobCalls::later));
                                    }
                                })));
        return Map.copyOf(seen);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** From now on the server runs these by schedule, and what was due since the times that are given. */
    void start(Server server, Set<String> jobs, Map<String, Instant> since) throws InterruptedException {
        calls.lasting(
                server, "the schedules on " + server.name() + " to start", DutyCalls.START_WITHIN, left -> world.hosts()
                        .startJobs(server, server.release(), jobs, since, left));
    }

    /** Somebody else sees to what is due from now on: what these saw to says nothing any more. */
    void forget(List<Server> servers) throws InterruptedException {
        world.tasks().forEach(servers, server -> world.patience()
                .act(() -> calls.unlessGone(server, () -> world.hosts().forgetJobs(server, server.release()))));
    }
}
