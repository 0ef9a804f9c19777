package org.meridian.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    static Stream<Arguments> lines() {
        return Stream.of(
                arguments("", List.of()),
                arguments("  bin/rails   db:migrate\n", List.of("bin/rails", "db:migrate")),
                arguments("echo 'a b' \"c d\" e\\ f", List.of("echo", "a b", "c d", "e f")),
                arguments("a'b'\"c\"d", List.of("abcd")),
                arguments("a '' \"\"", List.of("a", "", "")),
                arguments("a '\\n' \"\\n\" \"\\\"\" \"\\$\"", List.of("a", "\\n", "\\n", "\"", "$")),
                arguments("sh -c 'a && b > c'", List.of("sh", "-c", "a && b > c")),
                arguments("echo $HOME ${X} *.md ~", List.of("echo", "$HOME", "${X}", "*.md", "~")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsSplitAsAShellWouldAndNothingIsExpanded(String line, List<String> words) {
        assertThat(CommandLine.split(line)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a 'b", "a \"b", "a b\\", "a | b", "a && b", "a; b", "a > b", "a < b", "a &", "a `b`"})
    void whatOnlyAShellCouldDoIsRefused(String line) {
        assertThatThrownBy(() -> CommandLine.split(line)).isInstanceOf(IllegalArgumentException.class);
    }
}
