package org.meridian.core.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time spans in messages. */
final class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.0004S, less than 1 ms",
        "PT0.25S, 250 ms",
        "PT1S, 1 s",
        "PT1.5S, 1.5 s",
        "PT15S, 15 s",
        "PT59.999S, 59.999 s",
        "PT1M, 1 min",
        "PT1M30S, 1 min 30 s",
        "PT10M0.2S, 10 min",
        "PT2H, 2 h",
        "PT26H5M, 26 h 5 min"
    })
    void a_limit_is_shown_in_the_unit_that_fits(String duration, String expected) {
        assertThat(Durations.spoken(Duration.parse(duration))).isEqualTo(expected);
    }
}
