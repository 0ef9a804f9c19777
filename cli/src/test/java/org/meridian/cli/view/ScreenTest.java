package org.meridian.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.cli.fake.FakeConsole;

final class ScreenTest {
    private final FakeConsole console = FakeConsole.terminal();
    private final Screen screen = new Screen(console.console().out());

    @Test
    void a_block_is_drawn_over_the_one_before() {
        screen.draw(List.of("a", "b"));
        screen.draw(List.of("c"));
        assertThat(console.out()).isEqualTo("\u001b[?25l\r\u001b[Ja\nb\n\r\u001b[2A\u001b[Jc\n");
    }

    @Test
    void clearing_leaves_the_cursor_where_the_block_began() {
        screen.draw(List.of("a", "b"));
        screen.clear();
        assertThat(console.out()).endsWith("\r\u001b[2A\u001b[J");
    }

    @Test
    void a_terminals_size_is_read_from_stty() {
        assertThat(ScreenSize.parse("50 132\n")).isEqualTo(new ScreenSize(50, 132));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0 0", "stty: not a terminal", "80"})
    void where_it_is_not_known_the_usual_one_is_taken(String text) {
        assertThat(ScreenSize.parse(text)).isEqualTo(ScreenSize.USUAL);
    }
}
