package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SpreadTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void whatIsDrawnLiesWhereTheDurationsLie() {
        Spread spread = Spread.measured(List.of(SECOND.multipliedBy(9), SECOND, SECOND.multipliedBy(2)));
        var random = new SplittableRandom(1);

        long[] drawn = IntStream.range(0, 10_000)
                .mapToLong(i -> spread.draw(random))
                .sorted()
                .toArray();

        assertThat(drawn[0]).isGreaterThanOrEqualTo(SECOND.toNanos());
        assertThat(drawn[9_999]).isLessThanOrEqualTo(SECOND.multipliedBy(9).toNanos());
        assertThat(Duration.ofNanos(drawn[5_000])).isCloseTo(SECOND.multipliedBy(2), Duration.ofMillis(100));
        assertThat(spread.median()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void ofOneMeasurementItIsNotBelievedThatItNeverVaries() {
        assertThat(Spread.measured(List.of(SECOND))).isEqualTo(Spread.around(SECOND));
        assertThat(Spread.around(SECOND).longest()).isGreaterThan(SECOND);
    }

    @Test
    void nothingAndLessThanNothingAreNoSpread() {
        assertThatThrownBy(() -> new Spread(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Spread(List.of(SECOND.negated()))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void percentilesAndCountsAreThoseOfTheRuns() {
        var runs = new Distribution(
                IntStream.rangeClosed(1, 100).mapToObj(SECOND::multipliedBy).toList());

        assertThat(runs.percentile(50)).isEqualTo(SECOND.multipliedBy(50));
        assertThat(runs.percentile(99)).isEqualTo(SECOND.multipliedBy(99));
        assertThat(runs.percentile(100)).isEqualTo(SECOND.multipliedBy(100));
        assertThat(runs.counts(4)).containsExactly(25, 25, 25, 25);
        assertThat(new Distribution(List.of(SECOND, SECOND)).counts(3)).containsExactly(2, 0, 0);
        assertThat(new Distribution(List.of()).percentile(99)).isZero();
    }
}
