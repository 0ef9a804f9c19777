package org.meridian.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WorkerTest {
    private final CountDownLatch asked = new CountDownLatch(3);
    private final AtomicInteger uncounted = new AtomicInteger(70);

    /** Fails the first time, as a database without a schema does. */
    private final class Uncounted implements Posts {
        @Override
        public int countWords(int limit) throws SQLException {
            asked.countDown();
            if (asked.getCount() == 2) {
                throw new SQLException("no such table");
            }
            int batch = Math.min(limit, uncounted.get());
            uncounted.addAndGet(-batch);
            return batch;
        }

        @Override
        public List<Post> newest(int limit) {
            throw new AssertionError("the worker shows no posts");
        }

        @Override
        public Optional<Post> find(long id) {
            throw new AssertionError("the worker shows no posts");
        }

        @Override
        public long add(String title, String body) {
            throw new AssertionError("the worker adds no posts");
        }
    }

    @Test
    void goesOnAfterAFailureUntilAllIsCountedAndStopsWhenAsked() throws InterruptedException {
        Worker worker = new Worker(new Uncounted(), Duration.ofMillis(1));
        Thread thread = Thread.ofVirtual().start(worker);

        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        worker.stop();

        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        assertThat(uncounted).hasValue(0);
    }
}
