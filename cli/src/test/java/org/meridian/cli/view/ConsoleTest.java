package org.meridian.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
    private static final Set<Integer> TERMINAL = Set.of(0, 1, 2);

    @Test
    void a_terminal_has_colours_unless_no_color_is_set() {
        assertThat(console(TERMINAL, Map.of("TERM", "xterm")).outStyle().colour())
                .isTrue();
        assertThat(console(TERMINAL, Map.of("NO_COLOR", "1")).outStyle().colour())
                .isFalse();
        assertThat(console(TERMINAL, Map.of("NO_COLOR", "")).outStyle().colour())
                .isTrue();
        assertThat(console(Set.of(), Map.of()).outStyle().colour()).isFalse();
    }

    @Test
    void only_standard_output_on_a_terminal_that_can_redraw_is_live() {
        assertThat(console(Set.of(1), Map.of("TERM", "xterm")).live()).isTrue();
        assertThat(console(Set.of(0, 2), Map.of("TERM", "xterm")).live()).isFalse();
        assertThat(console(TERMINAL, Map.of("TERM", "dumb")).live()).isFalse();
        assertThat(console(TERMINAL, Map.of("TERM", "dumb")).outStyle().colour())
                .isFalse();
    }

    @Test
    void without_utf_8_only_ascii_is_written() {
        var style = new Style(false, false);
        assertThat(style.good() + style.bad() + style.dot() + style.ellipsis() + style.rule(2))
                .isEqualTo("+x|~--");
    }

    private static Console console(Set<Integer> terminals, Map<String, String> env) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(new BufferedReader(new StringReader("")), nowhere, nowhere, terminals, env);
    }
}
