package org.meridian.drivers.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartBudgetTest {
    @ParameterizedTest
    @CsvSource({"2, 32000000, 2", "16, 4096000, 5", "16, 900000, 1", "1, 32000000, 1", "16, 100, 1"})
    void six_servers_do_not_start_at_once_on_two_processors_or_in_little_memory(
            int processors, long kilobytes, int atOnce) {
        assertThat(StartBudget.startsAtOnce(processors, "MemAvailable:   " + kilobytes + " kB\n"))
                .isEqualTo(atOnce);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "4, 4"})
    void where_memory_is_not_told_processors_count(int processors, int atOnce) {
        assertThat(StartBudget.startsAtOnce(processors, "")).isEqualTo(atOnce);
    }
}
