package org.meridian.core.variables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class DotEnvTest {
    /** Each of these was given to Docker Compose 2.26 as an env file. */
    @Test
    void values_are_those_that_docker_compose_reads() {
        DotEnv.Content content = DotEnv.read("a.env", """
                        A=inner
                        B=${A}
                        C="x ${P} \\$P \\n\\t\\a end" # c
                        D='${P}'
                        F=a$$b
                        G=${UNSET}z
                        H=${UNSET:-default}
                        export I=ii # comment
                        J=a#b
                        K: yaml
                        A=second
                        L=${A}
                        O="multi
                        line"
                        P
                        NOWHERE
                        R="a"\s
                        S=
                        T=x y  z \s
                        X-Y.Z=2
                        V=$5 a$
                        """, Variables.of(Map.of("A", "outer", "P", "pp")));

        assertThat(content.problems()).isEmpty();
        assertThat(content.missing()).containsExactly("UNSET");
        assertThat(content.values())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("A", "second"),
                        Map.entry("B", "outer"),
                        Map.entry("C", "x pp $P \n\t\u0007 end"),
                        Map.entry("D", "${P}"),
                        Map.entry("F", "a$b"),
                        Map.entry("G", "z"),
                        Map.entry("H", "default"),
                        Map.entry("I", "ii"),
                        Map.entry("J", "a#b"),
                        Map.entry("K", "yaml"),
                        Map.entry("L", "outer"),
                        Map.entry("O", "multi\nline"),
                        Map.entry("P", "pp"),
                        Map.entry("R", "a"),
                        Map.entry("S", ""),
                        Map.entry("T", "x y  z"),
                        Map.entry("X-Y.Z", "2"),
                        Map.entry("V", "$5 a$")));
    }

    @Test
    void what_is_no_variable_is_named_with_its_place_and_without_its_value() {
        DotEnv.Content content = DotEnv.read("a.env", "A=\"hunter2\nB=hunter2\n", Variables.NONE);

        assertThat(content.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).hasToString("a.env:1:3");
            assertThat(problem.toString()).doesNotContain("hunter2");
        });
        assertThat(content.toString()).doesNotContain("hunter2");
    }

    @Test
    void values_that_double_with_each_line_end_before_the_memory_does() {
        StringBuilder text = new StringBuilder("A0=ha\n");
        for (int i = 1; i < 60; i++) {
            text.append("A%d=$A%d$A%d\n".formatted(i, i - 1, i - 1));
        }

        DotEnv.Content content = DotEnv.read("a.env", text.toString(), Variables.NONE);

        assertThat(content.problems()).first().satisfies(problem -> assertThat(problem.summary())
                .contains("too long"));
    }

    @Test
    void many_long_values_end_before_the_memory_does() {
        String text = "A=" + "a".repeat(400_000) + "\n" + "B=$A$A\n".repeat(50_000);

        DotEnv.Content content = DotEnv.read("a.env", text, Variables.NONE);

        assertThat(content.problems()).singleElement().satisfies(problem -> assertThat(problem.summary())
                .isEqualTo("with B the values have more than 5000000 characters"));
    }
}
