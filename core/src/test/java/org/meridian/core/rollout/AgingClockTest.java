package org.meridian.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AgingClockTest {
    private long counter = 5_000;
    private long wall = 1_767_225_600_000L;
    private final AgingClock clock = new AgingClock(() -> counter, () -> wall);
    private final long start = clock.nanos();

    @Test
    void counts_the_time_in_which_the_machine_was_suspended() {
        awake(Duration.ofSeconds(10));
        suspended(Duration.ofHours(1));
        awake(Duration.ofSeconds(5));

        assertThat(age()).isEqualTo(Duration.ofHours(1).plusSeconds(15));
    }

    @Test
    void takes_no_age_away_when_the_wall_clock_is_set_back() {
        awake(Duration.ofSeconds(10));
        assertThat(age()).isEqualTo(Duration.ofSeconds(10));
        wall -= Duration.ofHours(2).toMillis();
        awake(Duration.ofSeconds(10));
        assertThat(age()).isEqualTo(Duration.ofSeconds(20));

        suspended(Duration.ofMinutes(30));

        assertThat(age())
                .as("a sleep after that is seen")
                .isEqualTo(Duration.ofMinutes(30).plusSeconds(20));
    }

    @Test
    void does_not_add_up_what_a_wall_clock_gains_that_is_put_right_slowly() {
        for (int look = 0; look < 1_000; look++) {
            awake(Duration.ofSeconds(1));
            wall += 20;
            assertThat(age()).isEqualTo(Duration.ofSeconds(look + 1));
        }
    }

    private Duration age() {
        return Duration.ofNanos(clock.nanos() - start);
    }

    private void awake(Duration duration) {
        counter += duration.toNanos();
        wall += duration.toMillis();
    }

    private void suspended(Duration duration) {
        wall += duration.toMillis();
    }
}
