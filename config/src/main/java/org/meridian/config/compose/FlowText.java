package org.meridian.config.compose;

import java.util.stream.Collectors;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;

/** Writes a value as YAML in one line, alike for values that mean the same; places and comments make no difference. */
final class FlowText {
    private FlowText() {}

    static String of(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> scalar.quoted() ? quoted(scalar.text()) : plain(scalar);
            case Sequence list -> list.items().stream().map(FlowText::of).collect(Collectors.joining(", ", "[", "]"));
            case Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> quoted(entry.key().text()) + ": " + of(entry.value()))
                        .sorted()
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    /** Only numbers, booleans and nothing at all are not text. */
    private static String plain(Scalar scalar) {
        if (scalar.absent()) {
            return "null";
        }
        return scalar.text().matches("true|false|-?[0-9]+(\\.[0-9]+)?") ? scalar.text() : quoted(scalar.text());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (character < ' ' || character == 0x7f || (character >= 0x80 && character < 0xa0)) {
                        quoted.append("\\u%04x".formatted(character));
                    } else {
                        quoted.append((char) character);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
