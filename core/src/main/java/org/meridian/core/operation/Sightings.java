package org.meridian.core.operation;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.meridian.core.model.ServerName;

/** Which servers were there at the last look, and a way to wish for another look. */
final class Sightings {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wished = lock.newCondition();
    private final Condition looked = lock.newCondition();
    private Set<ServerName> there = Set.of();
    private long begun;
    private long done;
    private boolean wish;

    /** What was there before any look that is counted. */
    void saw(Set<ServerName> servers) {
        there = Set.copyOf(servers);
    }

    /** A look begins; returns its number. */
    long begin() {
        return locked(() -> {
            wish = false;
            return ++begun;
        });
    }

    void saw(long look, Set<ServerName> servers) {
        long unused = locked(() -> {
            there = Set.copyOf(servers);
            done = look;
            looked.signalAll();
            return look;
        });
    }

    /** Whoever waits for the look is told what was there before. */
    void failed(long look) {
        saw(look, there);
    }

    /** Waits until somebody wishes for a look, that long at most. */
    void awaitWish(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (!wish && left > 0) {
                left = wished.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the server is there, by a look that begins from now on; as of the last one when that takes too long. */
    boolean isThere(ServerName server) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long next = begun + 1;
            wish = true;
            wished.signalAll();
            long left = LONGEST_WAIT.toNanos();
            while (done < next && left > 0) {
                left = looked.awaitNanos(left);
            }
            return there.contains(server);
        } finally {
            lock.unlock();
        }
    }

    private long locked(LongSupplier change) {
        lock.lock();
        try {
            return change.getAsLong();
        } finally {
            lock.unlock();
        }
    }
}
