package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the words of new posts, a batch at a time. */
final class Worker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int BATCH = 50;

    private final Posts posts;
    private final Duration pause;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    Worker(Posts posts, Duration pause) {
        this.posts = requireNonNull(posts, "posts is null");
        this.pause = requireNonNull(pause, "pause is null");
    }

    /** Works until {@link #stop} is called. */
    @Override
    public void run() {
        try {
            do {
                countAll();
            } while (!asked.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void countAll() {
        try {
            int counted = BATCH;
            while (counted == BATCH && asked.getCount() > 0) {
                counted = posts.countWords(BATCH);
            }
        } catch (SQLException e) { // not there yet, or away for a moment: the next round tries again
            LOG.warn("could not count words: {}", e.getMessage());
        }
    }

    /** Asks for the end and waits, at most 20 seconds, until the batch in hand is done. */
    void stop() {
        asked.countDown();
        try {
            if (!ended.await(20, TimeUnit.SECONDS)) {
                LOG.warn("gave up waiting for the last batch; the database will roll it back");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
