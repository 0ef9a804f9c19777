package org.meridian.core.file;

import java.nio.file.Path;

/**
 * Tells paths apart that Java can't reach: where a name's bytes are no text in the locale's encoding, a sign that stands for
 * what can't be read is in their place, and no file has that name.
 */
public final class RawPath {
    private static final String UNREADABLE = "\uFFFD";

    private RawPath() {}

    /** Whether the bytes of a path, or of the directory that it counts from, got lost. */
    public static boolean lost(Path path) {
        return path.toAbsolutePath().toString().contains(UNREADABLE);
    }

    /** What is wrong with it. */
    public static String summary(Path path) {
        return "can't reach " + path.toAbsolutePath() + ": bytes of its path are no text in UTF-8";
    }

    /** What to do about it. */
    public static String suggestion() {
        return "Give the directory another name, or name the file by a symbolic link to the directory: -c LINK/meridian.yml.";
    }
}
