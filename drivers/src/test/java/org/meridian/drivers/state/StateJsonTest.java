package org.meridian.drivers.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Answer;
import org.meridian.testkit.StateSamples;

final class StateJsonTest {
    static Stream<Object> records() {
        return Stream.of(
                StateSamples.release(1, "x"),
                StateSamples.rollout(1),
                StateSamples.receipt(1),
                StateSamples.answer(1, Answer.Verdict.ABORT),
                StateSamples.audited(1),
                Claim.of("seven", StateSamples.ANN, Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @MethodSource("records")
    void a_text_that_is_cut_off_empty_or_of_another_kind_is_a_failure_that_names_the_store(Object whole) {
        String text = StateJson.write(whole);
        IntStream.range(0, text.length()).forEach(end -> assertIsNamed(text.substring(0, end), whole.getClass()));
        for (String other : List.of("null", "[]", "7", "\"x\"", "{}", "\0", "{\"a\":", text.replace("\":", "\":[]+"))) {
            assertIsNamed(other, whole.getClass());
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void a_text_with_values_that_the_record_refuses_is_a_failure_or_is_read(Object whole) {
        String text = StateJson.write(whole);
        for (String[] change : new String[][] {
            {"eu-west", "EU west!"},
            {"r2", "seven"},
            {"2026", "yesterday"},
            {"PT", "soon"},
            {":1", ":-1"},
            {":2", ":1e400"}
        }) {
            try {
                Object unused = StateJson.read("the store", text.replace(change[0], change[1]), whole.getClass());
            } catch (Failure e) {
                assertThatThrownBy(() -> {
                            throw e;
                        })
                        .hasMessageContaining("the store");
            }
        }
    }

    private static void assertIsNamed(String text, Class<?> type) {
        assertThatThrownBy(() -> StateJson.read("the store", text, type))
                .as("<%s>", text)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the store");
    }
}
