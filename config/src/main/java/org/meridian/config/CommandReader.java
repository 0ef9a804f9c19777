package org.meridian.config;

import java.util.List;
import java.util.Optional;
import org.meridian.config.document.Field;
import org.meridian.core.model.CommandLine;

/** Reads a command as words: a list as it is, a line the way a shell would split it. */
final class CommandReader {
    private static final String EXAMPLE = "Write a command, such as bin/migrate --all, or a list of its words.";

    private CommandReader() {}

    static Optional<List<String>> read(Optional<Field> field) {
        return field.flatMap(command -> command.isList() ? words(command) : line(command));
    }

    private static Optional<List<String>> words(Field command) {
        List<Field> items = command.items(EXAMPLE).orElse(List.of());
        List<String> words =
                items.stream().flatMap(item -> item.text().stream()).toList();
        return words.size() == items.size() ? checked(command, words) : Optional.empty();
    }

    private static Optional<List<String>> line(Field command) {
        return command.text().flatMap(text -> {
            try {
                return checked(command, CommandLine.split(text));
            } catch (IllegalArgumentException e) {
                command.error(
                        "wrong-command",
                        String.valueOf(e.getMessage()),
                        "Quote it, or run a shell yourself: [sh, -c, \"…\"].");
                return Optional.empty();
            }
        });
    }

    private static Optional<List<String>> checked(Field command, List<String> words) {
        if (words.isEmpty() || words.getFirst().isBlank()) {
            command.error("empty-value", "there is no command", EXAMPLE);
            return Optional.empty();
        }
        return Optional.of(words);
    }
}
