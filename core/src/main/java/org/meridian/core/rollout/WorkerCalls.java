package org.meridian.core.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Duties;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.spi.Tasks;

/** Starts and ends workers on several servers at once, each call as patient as it may be. */
final class WorkerCalls {
    private static final Duration START_WITHIN = Duration.ofMinutes(4);

    /** What a container's end takes beyond its own grace period. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final World world;
    private final Function<ReleaseId, Duties> duties;

    WorkerCalls(World world, Function<ReleaseId, Duties> duties) {
        this.world = world;
        this.duties = duties;
    }

    /** What a server's release does beside answering requests. */
    Duties work(Server server) {
        return duties.apply(server.release());
    }

    /** Tells workers to end, on each server all but these. */
    void end(List<Server> servers, Function<Server, Set<String>> but) throws InterruptedException {
        world.tasks().forEach(servers, server -> world.patience()
                .act(() -> unlessGone(
                        server, () -> world.hosts().endWorkers(server, server.release(), but.apply(server)))));
    }

    /** Returns once none that was told to end runs. */
    void awaitEnded(List<Server> servers) throws InterruptedException {
        world.tasks()
                .forEach(
                        servers,
                        server -> limited(
                                server,
                                "end",
                                work(server).grace().plus(MARGIN),
                                left -> unlessGone(server, () -> world.hosts()
                                        .awaitWorkersEnded(server, server.release(), left))));
    }

    /** Starts workers, on each server these and no others. */
    void start(List<Server> servers, Function<Server, Set<String>> which) throws InterruptedException {
        world.tasks()
                .forEach(
                        servers,
                        server -> limited(server, "start", START_WITHIN, left -> world.hosts()
                                .startWorkers(server, server.release(), which.apply(server), left)));
    }

    private void limited(Server server, String what, Duration within, LimitedWork work) throws InterruptedException {
        String workers = "the workers on " + server.name() + " to " + what;
        boolean ignored = new LongCall(world, server.region(), workers, within)
                .run(
                        left -> {
                            work.run(left);
                            return true;
                        },
                        () -> true);
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

    /** A call that may take so long. */
    @FunctionalInterface
    private interface LimitedWork {
        void run(Duration atMost) throws InterruptedException;
    }
}
