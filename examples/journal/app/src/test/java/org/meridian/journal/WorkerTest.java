package org.meridian.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WorkerTest {
    private final FakePosts posts = new FakePosts();

    /** As many jobs as there are posts; the database is away the first time. */
    private final class Queue implements Jobs {
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger taken = new AtomicInteger();
        private final List<String> finished = new CopyOnWriteArrayList<>();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CountDownLatch done;

        Queue(int jobs) {
            done = new CountDownLatch(jobs);
        }

        @Override
        public Optional<Job> take() throws SQLException {
            if (asked.incrementAndGet() == 1) {
                throw new SQLException("no such table");
            }
            if (taken.get() == posts.count()) {
                return Optional.empty();
            }
            int job = taken.incrementAndGet();
            return Optional.of(new Job(job, job, 1));
        }

        @Override
        public boolean finish(Job job, int words) {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            finished.add(job.id() + ": " + words);
            done.countDown();
            return true;
        }
    }

    @Test
    void goesOnAfterAFailureUntilAllIsDone() throws Exception {
        posts.add("First", "one two");
        posts.add("Second", "one two three");
        Queue queue = new Queue(2);
        queue.goOn.countDown();
        Worker worker = new Worker(queue, posts, Duration.ofMillis(1), Duration.ZERO);
        Thread thread = Thread.ofVirtual().start(worker);

        queue.done.await();
        worker.stop();
        thread.join();

        assertThat(queue.finished).containsExactly("1: 2", "2: 3");
    }

    @Test
    void whenItIsAskedToStopItFinishesTheJobInHandAndTakesNoOther() throws Exception {
        posts.add("First", "one two");
        posts.add("Second", "one two three");
        Queue queue = new Queue(2);
        Worker worker = new Worker(queue, posts, Duration.ofMillis(1), Duration.ZERO);
        Thread thread = Thread.ofVirtual().start(worker);

        queue.begun.await();
        Thread stop = Thread.ofVirtual().start(worker::stop);
        while (worker.takesJobs()) {
            Thread.onSpinWait();
        }
        queue.goOn.countDown();
        stop.join();
        thread.join();

        assertThat(queue.taken).hasValue(1);
        assertThat(queue.finished).containsExactly("1: 2");
    }
}
