package org.meridian.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OpenLoopTest {
    private final Tally tally = new Tally(Series.none());

    @Test
    void sendsAsManyAsTheRateSays() throws Exception {
        try (FakeServer server = new FakeServer(OpenLoopTest::answer)) {
            run(server, 200, 100, Duration.ofSeconds(1));
        }

        assertThat(tally.all().count()).isEqualTo(200);
        assertThat(tally.failures()).isEmpty();
        assertThat(tally.servers()).containsKey("us/us-1/r1");
        assertThat(Summary.json(tally, 200, Duration.ofSeconds(1))).startsWith("{\"sent\":200,\"failed\":0,");
    }

    @Test
    void aStallIsSeenByEveryRequestThatItHoldsUp() throws Exception {
        CountDownLatch stall = new CountDownLatch(1);
        try (FakeServer server = new FakeServer(line -> {
            awaitQuietly(stall);
            return answer(line);
        })) {
            Thread.ofVirtual().start(() -> {
                while (server.requests.size() < 100) { // all are sent although none is answered
                    Thread.onSpinWait();
                }
                stall.countDown();
            });
            run(server, 100, 1000, Duration.ofSeconds(1));
        }

        assertThat(tally.failures()).isEmpty();
        assertThat(tally.all().maxMillis()).isGreaterThan(900);
        assertThat(tally.all().percentileMillis(50)).isBetween(300.0, 900.0);
    }

    @Test
    void countsEveryWayToFail() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        try (FakeServer server = new FakeServer(_ -> switch (turn.getAndIncrement() % 3) {
            case 0 -> FakeServer.status(404);
            case 1 -> FakeServer.status(503);
            default -> "";
        })) {
            run(server, 60, 100, Duration.ofSeconds(1));
        }

        assertThat(tally.failed()).isEqualTo(60);
        assertThat(tally.statuses()).containsKeys("404", "503", "none");
        assertThat(tally.failedSeconds()).isBetween(1, 2);
        assertThat(tally.failures()).hasSize(20).allSatisfy(failure -> assertThat(failure.problem())
                .matches("status (404|503)|the server closed the connection .*"));
        assertThat(Summary.json(tally, 60, Duration.ofSeconds(1))).contains("\"problem\":\"status 503\"");
    }

    @Test
    void doesNotPileUpRequestsWithoutEnd() throws Exception {
        CountDownLatch stall = new CountDownLatch(1);
        try (FakeServer server = new FakeServer(line -> {
            awaitQuietly(stall);
            return answer(line);
        })) {
            Thread.ofVirtual().start(() -> {
                while (tally.failed() < 45) {
                    Thread.onSpinWait();
                }
                stall.countDown();
            });
            run(server, 50, 5, Duration.ofSeconds(1));
        }

        assertThat(tally.failed()).isEqualTo(45);
        assertThat(tally.failures().getFirst().problem()).isEqualTo("more than 5 requests under way");
    }

    @Test
    void stopsWhenAsked() throws Exception {
        StopSignal stop = StopSignal.none();
        stop.ask();
        try (FakeServer server = new FakeServer(OpenLoopTest::answer)) {
            new OpenLoop(server.target(), mix(), 100, 10, tally).run(Duration.ofMinutes(10), stop);
        }

        assertThat(tally.all().count()).isZero();
    }

    private void run(FakeServer server, int rate, int maxInFlight, Duration duration) throws InterruptedException {
        new OpenLoop(server.target(), mix(), rate, maxInFlight, tally).run(duration, StopSignal.none());
    }

    private static Mix mix() {
        return new Mix(0, 0.1, 0.2, List.of("US"), new Random(1));
    }

    private static String answer(String line) {
        return line.startsWith("POST") ? FakeServer.status(303) : FakeServer.ok("page");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
