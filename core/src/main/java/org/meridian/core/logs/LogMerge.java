package org.meridian.core.logs;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.LogLine;

/**
 * Puts the lines of several servers in the order of their times, as far as one can know it: a line is held until every
 * other server has a later one, or until it was held for as long as lines may be.
 *
 * <p>It holds a bounded number of lines. When whoever reads is slower than the servers, these wait, and nothing is lost;
 * or, when a patience is given, old lines are skipped once they have waited that long, and counted.
 */
public final class LogMerge {
    private final Duration window;
    private final int room;
    private final Optional<Duration> patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private final List<Feed> feeds = new ArrayList<>();
    private long skipped;
    private boolean ended;

    /**
     * A merge without servers.
     *
     * @param window   how long a line is held for the sake of order
     * @param room     how many lines are held of each server at most; 1 or greater
     * @param patience how long lines wait to be read before the oldest are skipped; empty for as long as it takes
     */
    public LogMerge(Duration window, int room, Optional<Duration> patience) {
        this.window = requireNonNull(window, "window is null");
        this.room = room;
        this.patience = requireNonNull(patience, "patience is null");
        if (room < 1) {
            throw new IllegalArgumentException("there is no room: " + room);
        }
    }

    /** A further server's lines; while it is open, lines of others are held for it. */
    public Feed open() {
        lock.lock();
        try {
            Feed feed = new Feed();
            feeds.add(feed);
            return feed;
        } finally {
            lock.unlock();
        }
    }

    /** No server comes any more; once the lines of those there are have been taken, that is the end. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next line; empty at the end. */
    public Optional<LogLine> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Feed first = first();
                if (first == null) {
                    if (ended && feeds.isEmpty()) {
                        return Optional.empty();
                    }
                    changed.await();
                    continue;
                }
                long left = left(first);
                if (left <= 0) {
                    return Optional.of(first.take());
                }
                long unused = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many lines were skipped since this was last asked. */
    public long skipped() {
        lock.lock();
        try {
            long count = skipped;
            skipped = 0;
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** The feed with the earliest line; null when none has any. */
    private @Nullable Feed first() {
        Feed first = null;
        for (Feed feed : feeds) {
            Held head = feed.held.peek();
            if (head != null
                    && (first == null
                            || head.line.at().isBefore(first.head().line.at()))) {
                first = feed;
            }
        }
        return first;
    }

    /** For how many more nanoseconds this feed's first line is held. */
    private long left(Feed first) {
        Held head = first.head();
        if (feeds.stream().allMatch(feed -> feed.isBeyond(head))) {
            return 0;
        }
        return window.toNanos() - (System.nanoTime() - head.arrived);
    }

    /** The lines of one server, in the order in which they come. */
    public final class Feed implements AutoCloseable {
        private final ArrayDeque<Held> held = new ArrayDeque<>();
        private boolean closed;

        private Feed() {}

        /** Adds a line; waits while there is no room. */
        public void add(LogLine line) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (held.size() >= room && !skipsOldest()) {
                    long unused = taken.awaitNanos(patienceLeft());
                }
                held.add(new Held(line, System.nanoTime()));
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        /** What was added is still read; nothing is held for this server any more. */
        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                forgetIfDone();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private long patienceLeft() {
            long waited = System.nanoTime() - head().arrived;
            return patience.map(Duration::toNanos).orElse(Long.MAX_VALUE) - waited;
        }

        private boolean skipsOldest() {
            boolean late = patience.isPresent() && patienceLeft() <= 0;
            if (late) {
                held.remove();
                skipped++;
            }
            return late;
        }

        private Held head() {
            return requireNonNull(held.peek(), "there is no line");
        }

        /** Whether nothing earlier than that can come from here. */
        private boolean isBeyond(Held other) {
            Held head = held.peek();
            return head == null ? closed : !head.line.at().isBefore(other.line.at());
        }

        private LogLine take() {
            LogLine line = held.remove().line;
            taken.signalAll();
            forgetIfDone();
            return line;
        }

        private void forgetIfDone() {
            if (closed && held.isEmpty()) {
                feeds.remove(this);
            }
        }
    }

    private record Held(LogLine line, long arrived) {}
}
