package org.meridian.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "0s, PT0S", "90s, PT90S", "15m, PT15M", "2h, PT2H"})
    void aNumberAndAUnitAreATimeSpan(String text, Duration expected) {
        assertThat(Durations.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "1.5s", "-1s", "1d", "1 s", "1m30s", "1S", "9999999999s"})
    void nothingElseIs(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1ms", "100ms", "5s", "90s", "15m", "1h", "168h"})
    void itIsWrittenAsItIsRead(String text) {
        assertThat(Durations.parse(text).map(Durations::written)).contains(text);
    }
}
