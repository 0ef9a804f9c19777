package org.meridian.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class SeriesTest {
    private static final Call LIST = new Call(Kind.LIST, "/", "", "US", false);
    private static final Call SLOW = new Call(Kind.SLOW, "/slow", "", "US", false);
    private final StringWriter text = new StringWriter();

    @Test
    void writesASecondOnceAllOfItHasEnded() throws IOException {
        Series series = Series.to(text);
        series.due(100);
        series.due(100);
        series.ended(outcome(LIST, 100_250, 2_000, ""));
        series.due(101);
        assertThat(text).hasToString(Series.HEADER);

        series.ended(outcome(LIST, 100_500, 3_000, "status 500"));
        series.ended(outcome(LIST, 101_500, 1_000, ""));
        series.due(102);

        assertThat(text.toString()).contains("100000,2,1,2.00,3.0").contains("101000,1,0,1.0");
    }

    @Test
    void leavesSlowRequestsOutOfTheLatencies() throws IOException {
        Series series = Series.to(text);
        series.due(100);
        series.ended(outcome(SLOW, 100_000, 2_000_000, ""));
        series.finish();

        assertThat(text).hasToString(Series.HEADER + "100000,1,0,0.00,0.00,0.00\n");
    }

    private static Outcome outcome(Call call, long dueMillis, long micros, String problem) {
        return new Outcome(call, dueMillis, micros, problem.isEmpty() ? 200 : 500, "", problem);
    }
}
