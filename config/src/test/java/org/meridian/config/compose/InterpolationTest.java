package org.meridian.config.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    plain           | plain
                    ${A:-b}         | b
                    ${A-b}c         | bc
                    x${A:-}y        | xy
                    ${A:-${B:-c}}   | c
                    ${A:-$B}        | $B
                    $A.b            | $A.b
                    ${A:?message}   | ${A:?message}
                    ${A:+b}c        | c
                    $$A             | $A
                    ${A             | ${A
                    $               | $
                    $-              | $-
                    """)
    void defaultsTakeTheVariablesPlace(String text, String result) {
        assertThat(Interpolation.of(text).text()).isEqualTo(result);
    }

    @Test
    void variablesWithoutADefaultAreNamed() {
        assertThat(Interpolation.of("$A ${B} ${C:?x} ${D:-$E} ${F:-g} $$H").unresolved())
                .containsExactlyInAnyOrder("A", "B", "C", "E");
    }
}
