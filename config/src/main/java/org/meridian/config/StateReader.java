package org.meridian.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.meridian.config.document.Field;

/** Reads where Meridian keeps its own state. */
final class StateReader {
    private static final String DEFAULT = ".meridian";
    private static final String EXAMPLE = "Write a directory's path, such as .meridian, or leave the key out.";

    private StateReader() {}

    static Path read(Optional<Field> state, Path directory) {
        return state.flatMap(field -> field.text().flatMap(text -> path(field, text, directory)))
                .orElse(directory.resolve(DEFAULT));
    }

    private static Optional<Path> path(Field field, String text, Path directory) {
        if (text.isBlank() || text.contains("://")) {
            field.error("wrong-value", "'" + text + "' is not a directory", EXAMPLE);
            return Optional.empty();
        }
        try {
            Path path = directory.resolve(text).normalize();
            if (Files.exists(path) && !Files.isDirectory(path)) {
                field.error("wrong-value", path + " is there and is not a directory", EXAMPLE);
            }
            return Optional.of(path);
        } catch (InvalidPathException e) {
            field.error("wrong-value", "'" + text + "' is not a path", EXAMPLE);
            return Optional.empty();
        }
    }
}
