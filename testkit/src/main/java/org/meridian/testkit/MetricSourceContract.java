package org.meridian.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.MetricSource;

/**
 * What every source of counts must do, with real requests. A source's test extends this, and has one origin in each of
 * two regions that answer as they are told. A source may learn of requests a little later.
 */
public abstract class MetricSourceContract {
    /** A region with one origin. */
    protected static final RegionName HERE = new RegionName("eu");

    /** Another region with one origin. */
    protected static final RegionName THERE = new RegionName("us");

    /** The origin of {@link #HERE}. */
    protected static final ServerName A = new ServerName("a");

    /** The origin of {@link #THERE}. */
    protected static final ServerName B = new ServerName("b");

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SLOW = Duration.ofMillis(250);

    /** The source; the same one for the length of a test. */
    protected abstract MetricSource source();

    /** Makes a region's origin answer one request with this status after so long, and waits for the answer. */
    protected abstract void answer(RegionName region, int status, Duration after) throws InterruptedException;

    /** Makes a region's origin drop a request without an answer. */
    protected abstract void drop(RegionName region) throws InterruptedException;

    @Test
    final void an_origin_that_is_new_has_answered_nothing_or_is_left_out() throws InterruptedException {
        Optional<OriginMetrics> metrics = read(HERE, A);

        assertThat(metrics.map(OriginMetrics::requests).orElse(0L)).isZero();
        assertThat(metrics.map(OriginMetrics::errors).orElse(0L)).isZero();
    }

    @Test
    final void counts_requests_and_those_of_them_that_failed() throws InterruptedException {
        OriginMetrics before = started();

        answer(10, 200);
        answer(2, 404);
        answer(3, 500);
        answer(1, 503);

        OriginMetrics after = awaitRequests(before, 16);
        assertThat(after.errors() - before.errors()).isEqualTo(4);
    }

    @Test
    final void counts_a_request_that_got_no_answer_as_failed() throws InterruptedException {
        OriginMetrics before = started();

        drop(HERE);
        drop(HERE);
        answer(5, 200);

        OriginMetrics after = awaitRequests(before, 7);
        assertThat(after.errors() - before.errors()).isEqualTo(2);
    }

    @Test
    final void counts_how_long_answers_took() throws InterruptedException {
        OriginMetrics before = started();

        answer(6, 200);
        for (int i = 0; i < 3; i++) {
            answer(HERE, 200, SLOW);
        }

        OriginMetrics after = awaitRequests(before, 9);
        Duration below = after.latencies().headMap(SLOW).lastKey();
        Duration above = after.latencies().tailMap(SLOW.multipliedBy(3)).firstKey();
        assertThat(count(after, below) - count(before, below))
                .as("within %s", below)
                .isEqualTo(6);
        assertThat(count(after, above) - count(before, above))
                .as("within %s", above)
                .isEqualTo(9);
    }

    @Test
    final void counts_only_grow_and_their_histogram_rises() throws InterruptedException {
        List<OriginMetrics> readings = new ArrayList<>(List.of(started()));
        for (int i = 0; i < 30; i++) {
            answer(HERE, i % 5 == 0 ? 500 : 200, i % 7 == 0 ? Duration.ofMillis(20) : Duration.ZERO);
            readings.add(read(HERE, A).orElseThrow());
        }
        readings.add(awaitRequests(readings.getFirst(), 30));

        for (int i = 1; i < readings.size(); i++) {
            OriginMetrics earlier = readings.get(i - 1);
            OriginMetrics later = readings.get(i);
            assertThat(later.requests()).isGreaterThanOrEqualTo(earlier.requests());
            assertThat(later.errors()).isGreaterThanOrEqualTo(earlier.errors());
            later.latencies()
                    .forEach((bound, count) -> assertThat(count).isGreaterThanOrEqualTo(count(earlier, bound)));
        }
        assertThat(readings).allSatisfy(reading -> {
            assertThat(reading.errors()).isLessThanOrEqualTo(reading.requests());
            assertThat(List.copyOf(reading.latencies().values())).isSorted();
            assertThat(reading.latencies().values()).allMatch(count -> count <= reading.requests());
        });
    }

    @Test
    final void tells_regions_apart() throws InterruptedException {
        OriginMetrics before = started();

        answer(THERE, 500, Duration.ZERO);
        await(
                "it is counted there",
                () -> read(THERE, B).map(OriginMetrics::errors).orElse(0L) >= 1);

        assertThat(source().read(THERE)).extracting(OriginMetrics::server).containsExactly(B);
        assertThat(source().read(HERE)).containsExactly(before);
    }

    /** What is counted of an origin; empty when it is left out. */
    protected final Optional<OriginMetrics> read(RegionName region, ServerName server) throws InterruptedException {
        return source().read(region).stream()
                .filter(metrics -> metrics.server().equals(server))
                .findFirst();
    }

    /** Waits until something holds, and fails when it does not soon. */
    protected static void await(String what, Condition condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.holds()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(what).isLessThan(PATIENCE);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Something that becomes true. */
    @FunctionalInterface
    protected interface Condition {
        /** Whether it is true now. */
        boolean holds() throws InterruptedException;
    }

    /**
     * Counts after the first requests, which a source may need to know the origin at all. One that was counted nowhere, such as
     * by a process that was just replaced, is followed by another.
     */
    private OriginMetrics started() throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            answer(HERE, 200, Duration.ZERO);
            Optional<OriginMetrics> counted = countedSoon();
            if (counted.isPresent()) {
                return counted.get();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("the origin is counted: %s", read(HERE, A))
                    .isLessThan(PATIENCE);
        }
    }

    private Optional<OriginMetrics> countedSoon() throws InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < SOON.toNanos()) {
            Optional<OriginMetrics> counted = read(HERE, A).filter(metrics -> metrics.requests() > 0);
            if (counted.isPresent()) {
                return counted;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return Optional.empty();
    }

    private void answer(int times, int status) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            answer(HERE, status, Duration.ZERO);
        }
    }

    private OriginMetrics awaitRequests(OriginMetrics before, long more) throws InterruptedException {
        await(more + " requests are counted", () -> read(HERE, A).orElseThrow().requests() >= before.requests() + more);
        OriginMetrics after = read(HERE, A).orElseThrow();
        assertThat(after.requests() - before.requests()).isEqualTo(more);
        return after;
    }

    private static long count(OriginMetrics metrics, Duration bound) {
        SortedMap<Duration, Long> latencies = metrics.latencies();
        return latencies.getOrDefault(bound, 0L);
    }
}
