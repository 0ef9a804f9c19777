package org.meridian.testkit.simulation;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One simulated thread; of all of a scheduler's fibers only the current one runs. */
final class Fiber {
    static final int NOT_QUEUED = -1;

    /** Whose thread this is; null for the person that watches. */
    final @Nullable Deployer deployer;

    long wakeAt;
    long order;
    int place = NOT_QUEUED;
    boolean interrupted;
    boolean done;
    /** Whether what it waits for arrives whatever its deployer does. */
    boolean sending;

    private @Nullable Thread thread;
    private @Nullable Runnable body;
    private volatile boolean go;

    /** The fiber of the calling thread. */
    Fiber() {
        this.deployer = null;
        this.thread = Thread.currentThread();
    }

    /** A fiber that does this once it is let go for the first time. */
    Fiber(@Nullable Deployer deployer, Runnable body) {
        this.deployer = deployer;
        this.body = body;
    }

    /** Lets it run; the caller must stop at once. */
    void release() {
        if (thread == null) {
            thread = Thread.ofVirtual().unstarted(body);
            body = null;
            thread.start();
        } else {
            go = true;
            LockSupport.unpark(thread);
        }
    }

    /** Stops the calling thread, which is this fiber's, until it is let go again. */
    void await() {
        while (!go) {
            LockSupport.park();
        }
        go = false;
    }

    boolean before(Fiber other) {
        return wakeAt == other.wakeAt ? order < other.order : wakeAt < other.wakeAt;
    }
}
