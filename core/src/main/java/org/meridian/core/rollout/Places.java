package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Places for servers that pull and start at the same time.
 *
 * <p>Who finds none free looks again after a moment of the world's time, so that a simulation orders those who wait. They
 * wait before their steps begin, so that no step's limit is used up by it.
 */
final class Places {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final World world;
    private final Approval approval;
    private final int atOnce;
    private final int servers;
    private final AtomicReference<@Nullable WaitNotice> notice = new AtomicReference<>();
    private int taken;
    private int ended;

    /** Places for {@code atOnce} of so many servers. */
    Places(World world, Approval approval, int atOnce, int servers) {
        this.world = requireNonNull(world, "world is null");
        this.approval = requireNonNull(approval, "approval is null");
        this.atOnce = atOnce;
        this.servers = servers;
    }

    /**
     * Does the work in a place, once there is one.
     *
     * @param each how long one server may be in a place
     */
    void in(Duration each, PhaseClock.Work work) throws InterruptedException {
        while (!take()) {
            approval.requireNotAborted();
            notice(each).still(ended() + " of " + servers + " have started");
            world.time().sleep(LOOK_EVERY);
        }
        try {
            work.run();
        } finally {
            leave();
        }
    }

    /** One for all who wait. */
    private WaitNotice notice(Duration each) {
        WaitNotice begun = notice.get();
        if (begun != null) {
            return begun;
        }
        int turnsBefore = (servers - 1) / atOnce;
        WaitNotice first = WaitNotice.begin(
                world.events(),
                world.time(),
                Optional.empty(),
                "their turn: " + atOnce + " of " + servers + " servers are started at once",
                each.multipliedBy(turnsBefore));
        notice.set(first);
        return first;
    }

    private synchronized boolean take() {
        boolean free = taken < atOnce;
        if (free) {
            taken++;
        }
        return free;
    }

    private synchronized void leave() {
        taken--;
        ended++;
    }

    private synchronized int ended() {
        return ended;
    }
}
