package org.meridian.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.meridian.core.spi.Time;

/** How long a login lasts, by clocks that do not agree. */
final class SessionsTest {
    private static final Duration ALMOST = Sessions.LIFE.minusSeconds(1);

    private final TwoClocks time = new TwoClocks();
    private final Sessions sessions = new Sessions(time);
    private final Sessions.Begun begun = sessions.begin(new Visitor("operator at 127.0.0.1", Role.OPERATOR));

    @Test
    void a_session_lasts_a_working_day() {
        time.aging += ALMOST.toNanos();
        time.wall = time.wall.plus(ALMOST);
        assertThat(isThere()).isTrue();

        time.aging += Duration.ofSeconds(1).toNanos();
        time.wall = time.wall.plusSeconds(1);
        assertThat(isThere()).isFalse();
    }

    @Test
    void a_wall_clock_that_is_set_back_makes_no_session_longer() {
        time.wall = time.wall.minus(Duration.ofDays(3));
        time.aging += Sessions.LIFE.toNanos();

        assertThat(isThere()).isFalse();
    }

    @Test
    void a_session_ages_while_the_machine_is_suspended() {
        // What measures work stands still meanwhile; it is not asked.
        time.aging += Sessions.LIFE.toNanos();

        assertThat(isThere()).isFalse();
    }

    @Test
    void of_too_many_the_one_that_has_aged_most_is_forgotten_whatever_the_wall_clock_says() {
        for (int i = 1; i < 50; i++) {
            time.aging += Duration.ofSeconds(1).toNanos();
            time.wall = time.wall.minusSeconds(1);
            sessions.begin(new Visitor("operator at 127.0.0.1", Role.OPERATOR));
        }
        assertThat(isThere()).isTrue();

        sessions.begin(new Visitor("operator at 127.0.0.1", Role.OPERATOR));

        assertThat(isThere()).isFalse();
    }

    private boolean isThere() {
        return sessions.session(begun.cookie().reveal(), begun.key()).isPresent();
    }

    /** A wall clock that anybody may set, and a counter that goes on. */
    private static final class TwoClocks implements Time {
        private Instant wall = Instant.parse("2026-05-01T08:00:00Z");
        private long aging = 42;

        @Override
        public Instant now() {
            return wall;
        }

        @Override
        public long nanos() {
            return 42;
        }

        @Override
        public long agingNanos() {
            return aging;
        }

        @Override
        public void sleep(Duration duration) {
            throw new AssertionError("nothing waits here");
        }
    }
}
