package org.meridian.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z"); // a Wednesday

    @Test
    void what_was_due_last_goes_by_the_clock_of_its_zone() {
        assertThat(schedule(List.of(30), List.of(3), List.of(), List.of(), List.of())
                        .lastDue(NOON))
                .contains(Instant.parse("2026-07-15T01:30:00Z"));
        assertThat(schedule(List.of(1), List.of(14), List.of(), List.of(), List.of())
                        .lastDue(NOON))
                .contains(Instant.parse("2026-07-14T12:01:00Z"));
        assertThat(schedule(List.of(0), List.of(14), List.of(), List.of(), List.of())
                        .lastDue(NOON))
                .contains(NOON);
    }

    @Test
    void either_kind_of_days_is_enough_where_both_are_given() {
        assertThat(schedule(List.of(0), List.of(0), List.of(14), List.of(), List.of(0))
                        .lastDue(NOON))
                .contains(Instant.parse("2026-07-13T22:00:00Z"));
        assertThat(schedule(List.of(0), List.of(0), List.of(1), List.of(), List.of(0))
                        .lastDue(NOON))
                .contains(Instant.parse("2026-07-11T22:00:00Z"));
    }

    @Test
    void a_leap_day_is_found_and_a_day_that_never_comes_is_not() {
        assertThat(schedule(List.of(0), List.of(12), List.of(29), List.of(2), List.of())
                        .lastDue(NOON))
                .contains(Instant.parse("2024-02-29T11:00:00Z"));
        assertThat(schedule(List.of(0), List.of(12), List.of(31), List.of(2), List.of())
                        .lastDue(NOON))
                .isEmpty();
    }

    private static Schedule schedule(
            List<Integer> minutes,
            List<Integer> hours,
            List<Integer> days,
            List<Integer> months,
            List<Integer> weekdays) {
        return new Schedule("as the test says", ZURICH, minutes, hours, days, months, weekdays);
    }
}
