package org.meridian.web.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one client has yet to be sent. When it is slow, it gets the newest state and not those before, and fewer of the
 * other events, and is told how many it missed.
 */
public final class Feed implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private final int most;
    private final LongFunction<Frame> lost;
    private @Nullable Frame state;
    private long skipped;
    private boolean closed;

    /** Keeps so many events at most; {@code lost} makes the event that tells how many were left out. */
    public Feed(int most, LongFunction<Frame> lost) {
        this.most = most;
        this.lost = requireNonNull(lost, "lost is null");
    }

    /** A state that stands for all before it. */
    public void state(Frame frame) {
        lock.lock();
        try {
            skipped += state == null ? 0 : 1;
            state = frame;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** An event; left out when too many wait. */
    public void add(Frame frame) {
        lock.lock();
        try {
            if (waiting.size() < most) {
                waiting.add(frame);
            } else {
                skipped++;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next frame to send, a beat when there is none for that long; empty when it is over. */
    Optional<Frame> next(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!closed && state == null && waiting.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return closed ? Optional.empty() : Optional.of(take());
        } finally {
            lock.unlock();
        }
    }

    /** The next frame if it is there already. */
    Optional<Frame> ready() {
        lock.lock();
        try {
            boolean nothing = closed || (state == null && waiting.isEmpty() && skipped == 0);
            return nothing ? Optional.empty() : Optional.of(take());
        } finally {
            lock.unlock();
        }
    }

    private Frame take() {
        if (!waiting.isEmpty()) {
            return waiting.remove();
        }
        if (skipped > 0) {
            Frame told = lost.apply(skipped);
            skipped = 0;
            return told;
        }
        Frame newest = state;
        state = null;
        return newest == null ? Frame.BEAT : newest;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
