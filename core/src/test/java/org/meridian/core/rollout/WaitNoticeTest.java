package org.meridian.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Waiting;

final class WaitNoticeTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final ManualTime time = new ManualTime();
    private final List<RolloutEvent> told = new ArrayList<>();

    @Test
    void a_long_wait_says_after_ten_seconds_and_then_every_half_minute_what_it_sees() {
        WaitNotice notice = WaitNotice.begin(told::add, time, Optional.empty(), "a server to boot", LIMIT);
        for (int second = 1; second <= 75; second++) {
            time.pass(Duration.ofSeconds(1));
            notice.still("connection refused");
        }

        assertThat(told)
                .containsExactly(
                        new Waiting(Instant.EPOCH, Optional.empty(), "a server to boot", LIMIT),
                        after(10),
                        after(40),
                        after(70));
    }

    @Test
    void a_wait_that_was_told_of_otherwise_is_told_of_only_if_it_lasts() {
        WaitNotice notice = WaitNotice.quiet(told::add, time, Optional.empty(), "a server to boot", LIMIT);
        notice.still("connection refused");
        assertThat(told).isEmpty();

        time.pass(Duration.ofSeconds(10));
        notice.still("connection refused");

        assertThat(told).containsExactly(after(10));
    }

    private static Waiting after(int seconds) {
        return new Waiting(
                Instant.EPOCH.plusSeconds(seconds),
                Optional.empty(),
                "a server to boot",
                LIMIT,
                Duration.ofSeconds(seconds),
                "connection refused");
    }
}
