package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.spi.Tasks;

/**
 * How patient the calls are that hand duties over.
 *
 * @param world where they are made
 */
record DutyCalls(World world) {
    /** How long a server may take to start what it has to do. */
    static final Duration START_WITHIN = Duration.ofMinutes(4);

    /** What a container's end takes beyond its own time. */
    static final Duration MARGIN = Duration.ofMinutes(1);

    DutyCalls {
        requireNonNull(world, "world is null");
    }

    /** A call that may last, and says meanwhile what is waited for. */
    void lasting(Server server, String what, Duration within, LimitedWork work) throws InterruptedException {
        boolean ignored = new LongCall(world, server.region(), what, within)
                .run(
                        left -> {
                            work.run(left);
                            return true;
                        },
                        () -> true);
    }

    /** What died does nothing any more; what is only out of reach goes on with what it does. */
    void unlessGone(Server server, Tasks.Work work) throws InterruptedException {
        try {
            work.run();
        } catch (Failure e) {
            boolean gone = Patience.isMomentary(e) && world.fleets().observe().gone(server.region(), server.name());
            if (!gone) {
                throw e;
            }
        }
    }

    /** A call that may take so long. */
    @FunctionalInterface
    interface LimitedWork {
        void run(Duration atMost) throws InterruptedException;
    }
}
