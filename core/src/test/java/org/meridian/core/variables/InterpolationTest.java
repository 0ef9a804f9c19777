package org.meridian.core.variables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InterpolationTest {
    private static final Variables VARIABLES = Variables.of(Map.of("A", "aa", "EMPTY", ""));

    /** What Docker Compose 2.26 makes of each with these variables. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    plain            | plain
                    $A.b ${A}c       | aa.b aac
                    ${NO:-b}         | b
                    ${NO-b}c         | bc
                    x${NO:-}y        | xy
                    ${NO:-${NO:-c}}  | c
                    ${NO:-$A}        | aa
                    ${NO:-{x}}y      | {x}y
                    ${NO:-a{b}       | a{b
                    ${NO:-$}         | $
                    ${NO:-$$x}       | $x
                    ${EMPTY:-d}      | d
                    x${EMPTY-d}      | x
                    x${EMPTY:+r}     | x
                    ${EMPTY+r}       | r
                    x${EMPTY?m}      | x
                    ${A:+b}c         | bc
                    x${NO:+b}        | x
                    $$A              | $A
                    $5 $- $          | $5 $- $
                    a}b              | a}b
                    """)
    void variables_are_replaced_as_docker_compose_does(String text, String result) {
        Interpolation interpolation = Interpolation.of(text, VARIABLES);

        assertThat(interpolation.text()).isEqualTo(result);
        assertThat(interpolation.missing()).isEmpty();
        assertThat(interpolation.invalid()).isEmpty();
    }

    @Test
    void variables_without_a_value_are_named_and_stay_as_they_are_written() {
        Interpolation interpolation =
                Interpolation.of("$B ${C} ${D:?x} ${EMPTY:?x} ${E:-$F} ${G:-g} $$H ${NO:+$I} ${A:-$J}", VARIABLES);

        assertThat(interpolation.missing()).containsExactlyInAnyOrder("B", "C", "D", "EMPTY");
        assertThat(interpolation.text()).isEqualTo("$B ${C} ${D:?x} ${EMPTY:?x} $F g $H  aa");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${A", "${}", "${A B}", "${A:x}", "${1A}", "${A.b}", "${NO:-${A}", "${A:}"})
    void what_docker_compose_refuses_is_invalid(String text) {
        assertThat(Interpolation.of(text, VARIABLES).invalid()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${a:-", "$", "${A}", "${NO:-x} }"})
    void a_megabyte_of_dollars_takes_no_time_and_no_stack(String part) {
        String text = part.repeat(1_000_000 / part.length());

        Assertions.assertTimeout(Duration.ofMinutes(1), () -> Interpolation.of(text, VARIABLES));
    }
}
