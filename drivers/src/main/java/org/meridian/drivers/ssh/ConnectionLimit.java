package org.meridian.drivers.ssh;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Keeps the number of open connections within a limit: who wants one more waits until another is closed, and idle ones
 * are closed for it, the one that was idle longest first.
 */
final class ConnectionLimit {
    private final int most;
    private final Set<Closing> idle = new LinkedHashSet<>();
    private int open;

    ConnectionLimit(int most) {
        this.most = most;
    }

    /** Closes a connection that nobody uses. */
    interface Closing {
        void closeIdle();
    }

    /** Returns when there is room for one more connection, which counts from now. */
    void acquire() throws InterruptedException {
        while (true) {
            Closing oldest;
            synchronized (this) {
                if (open < most) {
                    open++;
                    return;
                }
                if (idle.isEmpty()) {
                    wait();
                    continue;
                }
                oldest = idle.iterator().next();
                idle.remove(oldest);
            }
            oldest.closeIdle();
            awaitRoom();
        }
    }

    private synchronized void awaitRoom() throws InterruptedException {
        while (open >= most && idle.isEmpty()) {
            wait();
        }
    }

    /** A connection is closed. */
    synchronized void release() {
        open--;
        notifyAll();
    }

    synchronized void idle(Closing connection) {
        idle.remove(connection);
        idle.add(connection);
        notifyAll();
    }

    synchronized void busy(Closing connection) {
        idle.remove(connection);
    }

    synchronized int open() {
        return open;
    }
}
