package org.meridian.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.Hook;
import org.meridian.core.model.HookPoint;

/** Reads the team's own commands and when they run. */
final class HooksReader {
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private HooksReader() {}

    /** The commands, by their points and in the order in which they are written. */
    static List<Hook> read(Section hooks) {
        List<Hook> all = new ArrayList<>();
        for (HookPoint point : HookPoint.values()) {
            hooks.find(point.key()).map(field -> at(point, field)).ifPresent(all::addAll);
        }
        return all;
    }

    private static List<Hook> at(HookPoint point, Field field) {
        return commands(field).stream()
                .flatMap(command -> command(point, command).stream())
                .toList();
    }

    /** A list of words alone is one command, as in {@code before_shift}; any other list has a command each. */
    private static List<Field> commands(Field field) {
        List<Field> items = field.isList() ? field.items("").orElse(List.of()) : List.of();
        boolean several = items.stream().anyMatch(item -> item.isList() || item.isMapping());
        return several ? items : List.of(field);
    }

    private static Optional<Hook> command(HookPoint point, Field field) {
        if (!field.isMapping()) {
            return words(field).map(words -> new Hook(point, words, WITHIN));
        }
        Section section = field.section();
        Optional<Field> run = section.require("run", "Write the command, such as 'run: bin/announce start'.");
        Duration within = section.duration("within", WITHIN, Duration.ofSeconds(1), LONGEST);
        return run.flatMap(HooksReader::words).map(words -> new Hook(point, words, within));
    }

    private static Optional<List<String>> words(Field field) {
        return CommandReader.read(Optional.of(field)).filter(words -> !field.isList() || isProgram(field, words));
    }

    /** A list of lines, which somebody meant as several commands, would be a program with a blank in its name. */
    private static boolean isProgram(Field field, List<String> words) {
        boolean line = words.getFirst().contains(" ");
        if (line) {
            field.error(
                    "wrong-command",
                    "a list is the words of one command, and '" + words.getFirst() + "' is several words",
                    "For several commands write each as a list of its own or as { run: … }.");
        }
        return !line;
    }
}
