package org.meridian.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.ServerName;

class CountsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void aTimeIsTheDifferenceOfTwoReadings() {
        Counts counts = Counts.between(reading(100, 2, 60, 100), reading(300, 4, 160, 290), 2 * SECOND);

        assertThat(counts.perSecond()).contains(100.0);
        assertThat(counts.errorPercent()).contains(1.0);
        assertThat(counts.latencies()).containsExactly(Map.entry(millis(10), 100L), Map.entry(millis(100), 190L));
    }

    @Test
    void aSourceThatBeganAnewIsCountedFromThere() {
        Counts counts = Counts.between(reading(100, 2, 60, 100), reading(30, 1, 20, 30), SECOND);

        assertThat(counts.requests()).isEqualTo(30);
        assertThat(counts.errors()).isEqualTo(1);
    }

    @Test
    void aPercentileLiesWithinItsIntervalAndNeverBeyondTheLastBound() {
        Counts counts = Counts.between(reading(0, 0, 0, 0), reading(100, 0, 50, 90), SECOND);

        assertThat(counts.percentile(0.25)).contains(5.0);
        assertThat(counts.percentile(0.50)).contains(10.0);
        assertThat(counts.percentile(0.70)).contains(55.0);
        assertThat(counts.percentile(0.99))
                .as("ten took longer than the last bound")
                .contains(100.0);
    }

    @Test
    void nothingIsSaidOfWhatNobodyCountedOrAsked() {
        assertThat(Counts.NONE.perSecond()).isEmpty();
        assertThat(Counts.NONE.errorPercent()).isEmpty();
        Counts idle = Counts.between(reading(7, 0, 7, 7), reading(7, 0, 7, 7), SECOND);
        assertThat(idle.perSecond()).contains(0.0);
        assertThat(idle.errorPercent()).isEqualTo(Optional.empty());
        assertThat(idle.percentile(0.5)).isEmpty();
    }

    @Test
    void thoseOfTwoServersAddUp() {
        Counts one = Counts.between(reading(0, 0, 0, 0), reading(10, 1, 10, 10), SECOND);
        Counts other = Counts.between(reading(0, 0, 0, 0), reading(30, 0, 0, 30), SECOND);

        Counts both = one.and(other);

        assertThat(both.perSecond()).contains(40.0);
        assertThat(both.errorPercent()).contains(2.5);
        assertThat(both.latencies()).containsExactly(Map.entry(millis(10), 10L), Map.entry(millis(100), 40L));
        assertThat(Counts.NONE.and(one)).isEqualTo(one);
    }

    private static OriginMetrics reading(long requests, long errors, long within10, long within100) {
        SortedMap<Duration, Long> latencies = new TreeMap<>();
        latencies.put(millis(10), within10);
        latencies.put(millis(100), within100);
        return new OriginMetrics(new ServerName("journal-eu-r1-1"), requests, errors, latencies);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
