package org.meridian.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a path as a person writes it into the configuration, from where it counts from the file's directory. */
final class WrittenPath {
    /** PATH_MAX of Linux, see limits.h(0p). */
    private static final int LONGEST = 4096;

    private WrittenPath() {}

    /** The path; empty for what can be none. */
    static Optional<Path> of(Path directory, String text) {
        boolean printable = text.codePoints().noneMatch(Character::isISOControl);
        if (text.isBlank() || !printable || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(directory.resolve(text).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
