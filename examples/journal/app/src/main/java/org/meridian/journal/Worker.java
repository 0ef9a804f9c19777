package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs from the queue and does them, one at a time. */
final class Worker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Jobs jobs;
    private final Posts posts;
    private final Duration pause;
    private final Duration work;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * A worker that does nothing yet.
     *
     * @param pause how long it waits before it looks again into a queue that was empty
     * @param work  how long it makes each job last, so that there is something to finish
     */
    Worker(Jobs jobs, Posts posts, Duration pause, Duration work) {
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.posts = requireNonNull(posts, "posts is null");
        this.pause = requireNonNull(pause, "pause is null");
        this.work = requireNonNull(work, "work is null");
    }

    /** Works until {@link #stop} is called. */
    @Override
    public void run() {
        try {
            do {
                doAll();
            } while (!asked.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void doAll() throws InterruptedException {
        boolean more = true;
        while (more && takesJobs()) {
            more = doNext();
        }
    }

    private boolean doNext() throws InterruptedException {
        try {
            Optional<Job> job = jobs.take();
            if (job.isPresent()) {
                perform(job.get());
            }
            return job.isPresent();
        } catch (SQLException e) { // away for a moment: the next round tries again
            LOG.warn("could not work: {}", e.getMessage());
            return false;
        }
    }

    /** The words of a post that is gone are none. */
    private void perform(Job job) throws SQLException, InterruptedException {
        int words =
                posts.find(job.post()).map(post -> Markdown.words(post.body())).orElse(0);
        Thread.sleep(work);
        if (!jobs.finish(job, words)) {
            LOG.warn("job {} took so long that another worker has done it", job.id());
        }
    }

    /** Whether it was not yet asked to stop. */
    boolean takesJobs() {
        return asked.getCount() > 0;
    }

    /** Takes no job from now on and waits, at most 25 seconds, until the one in hand is done. */
    void stop() {
        asked.countDown();
        try {
            if (!ended.await(25, TimeUnit.SECONDS)) {
                LOG.warn("gave up waiting for the last job; another worker will take it again");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
