package org.meridian.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.core.model.JournalEntry.State.DONE;
import static org.meridian.core.model.JournalEntry.State.FAILED;
import static org.meridian.core.model.JournalEntry.State.INTENDED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Act;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.operation.JournalReport.Line;

final class JournalReportTest {
    private static final Act ACT = new Act(Act.Kind.CONVERGE, Optional.empty(), Optional.empty(), "");

    @Test
    void an_intent_and_its_end_are_one_line_even_when_others_come_between() {
        List<Line> lines = JournalReport.lines(List.of(
                entry(1, 4, 0, INTENDED), entry(2, 4, 1, INTENDED), entry(1, 4, 3, DONE), entry(2, 4, 9, FAILED)));

        assertThat(lines).extracting(Line::end).containsExactly(Optional.of(DONE), Optional.of(FAILED));
        assertThat(lines)
                .extracting(Line::took)
                .containsExactly(Optional.of(Duration.ofSeconds(3)), Optional.of(Duration.ofSeconds(8)));
        assertThat(JournalReport.open(lines)).isEmpty();
    }

    @Test
    void the_same_number_under_another_token_is_another_act() {
        List<Line> lines = JournalReport.lines(
                List.of(entry(1, 4, 0, INTENDED), entry(1, 5, 10, INTENDED), entry(1, 5, 11, DONE)));
        assertThat(lines).extracting(Line::end).containsExactly(Optional.empty(), Optional.of(DONE));
    }

    @Test
    void only_what_the_last_run_left_open_is_open() {
        List<Line> lines = JournalReport.lines(List.of(entry(1, 4, 0, INTENDED), entry(1, 5, 10, INTENDED)));
        assertThat(JournalReport.open(lines)).hasSize(1);
        List<Line> ended = JournalReport.lines(
                List.of(entry(1, 4, 0, INTENDED), entry(1, 5, 10, INTENDED), entry(1, 5, 11, DONE)));
        assertThat(JournalReport.open(ended)).isEmpty();
    }

    @Test
    void an_end_whose_intent_is_missing_is_a_line_and_a_clock_that_went_back_took_nothing() {
        List<Line> lines =
                JournalReport.lines(List.of(entry(1, 4, 5, DONE), entry(2, 4, 9, INTENDED), entry(2, 4, 2, DONE)));
        assertThat(lines).extracting(Line::took).containsExactly(Optional.empty(), Optional.of(Duration.ZERO));
    }

    private static JournalEntry entry(int number, long token, int second, State state) {
        return new JournalEntry(
                1,
                number,
                token,
                Instant.EPOCH.plusSeconds(second),
                ACT,
                state,
                state == FAILED ? Optional.of("it broke") : Optional.empty());
    }
}
