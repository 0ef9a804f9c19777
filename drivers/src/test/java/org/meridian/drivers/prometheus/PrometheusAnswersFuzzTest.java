package org.meridian.drivers.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.ServerName;
import org.meridian.testkit.fuzz.ForeignText;

/** Whatever Prometheus answers, it is counts or a failure with words. */
final class PrometheusAnswersFuzzTest {
    private static final int INPUTS = 2_000;
    private static final Query QUERY = new Query("requests", "sum(requests)");

    @Test
    void an_answer_changed_by_chance_has_counts_or_is_refused() throws InterruptedException {
        var answer = new ForeignText("""
            { "status": "success", "data": { "resultType": "vector", "result": [
              { "metric": { "le": "0.1" }, "value": [ 1767225600.123, "31" ] },
              { "metric": { "le": "2.5e-1" }, "value": [ 1767225600.123, "32" ] },
              { "metric": { "le": "+Inf" }, "value": [ 1767225600.123, "33.5" ] } ] } }
            """, PrometheusAnswersFuzzTest::read);
        assertThat(answer.wrong(1, INPUTS)).isEmpty();
    }

    @Test
    void a_refusal_changed_by_chance_is_told() throws InterruptedException {
        var refusal = new ForeignText(
                "{ \"status\": \"error\", \"errorType\": \"bad_data\", \"error\": \"parse error\" }",
                text -> assertThat(Answers.series(QUERY, 400, text)).isNotNull());
        assertThat(refusal.wrong(1, INPUTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99", "9999999999999999999999", "1e10"})
    void a_bound_beyond_all_times_is_refused_rather_than_overflowing(String bound) {
        assertThatThrownBy(() -> Counts.histogram(QUERY, List.of(new Series(Map.of("le", bound), 1))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("le=\"" + bound + "\"");
    }

    @Test
    void counts_that_are_too_many_together_are_refused_rather_than_negative() {
        Series most = new Series(Map.of("le", "1"), 9e18);

        assertThatThrownBy(() -> Counts.total(QUERY, List.of(most, most))).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> Counts.histogram(QUERY, List.of(most, most))).isInstanceOf(Failure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"NaN\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"+Inf\"]}}"
            })
    void a_time_that_is_none_is_refused_rather_than_thrown_at_the_user(String body) {
        assertThatThrownBy(() -> PrometheusApi.time(Answers.series(QUERY, 200, body)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the time");
    }

    private static void read(String text) {
        List<Series> series = Answers.series(QUERY, 200, text);
        long total = Counts.total(QUERY, series).orElse(0);
        assertThat(new OriginMetrics(new ServerName("journal-eu-r1-1"), total, 0, Counts.histogram(QUERY, series)))
                .isNotNull();
        assertThat(PrometheusApi.time(series)).isNotBlank();
    }
}
