package org.meridian.core.rollout;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.meridian.core.model.Duties;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;

/** Starts and ends workers on several servers at once, each call as patient as it may be. */
final class WorkerCalls {
    private final World world;
    private final DutyCalls calls;
    private final Function<ReleaseId, Duties> duties;

    WorkerCalls(World world, Function<ReleaseId, Duties> duties) {
        this.world = world;
        this.calls = new DutyCalls(world);
        this.duties = duties;
    }

    /** What a server's release does beside answering requests. */
    Duties work(Server server) {
        return duties.apply(server.release());
    }

    /** Tells workers to end, on each server all but these. */
    void end(List<Server> servers, Function<Server, Set<String>> but) throws InterruptedException {
        world.tasks().forEach(servers, server -> world.patience()
                .act(() -> calls.unlessGone(
                        server, () -> world.hosts().endWorkers(server, server.release(), but.apply(server)))));
    }

    /** Returns once none that was told to end runs. */
    void awaitEnded(List<Server> servers) throws InterruptedException {
        world.tasks()
                .forEach(
                        servers,
                        server -> calls.lasting(
                                server,
                                "the workers on " + server.name() + " to end",
                                work(server).grace().plus(DutyCalls.MARGIN),
                                left -> calls.unlessGone(server, () -> world.hosts()
                                        .awaitWorkersEnded(server, server.release(), left))));
    }

    /** Starts workers, on each server these and no others. */
    void start(List<Server> servers, Function<Server, Set<String>> which) throws InterruptedException {
        world.tasks()
                .forEach(
                        servers,
                        server -> calls.lasting(
                                server,
                                "the workers on " + server.name() + " to start",
                                DutyCalls.START_WITHIN,
                                left -> world.hosts()
                                        .startWorkers(server, server.release(), which.apply(server), left)));
    }
}
