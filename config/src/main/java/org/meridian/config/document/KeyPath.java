package org.meridian.config.document;

import static java.util.Objects.requireNonNull;

/**
 * The way to a value: which keys lead there.
 *
 * @param shown   for people, such as {@code regions.eu.servers}; empty for the whole file
 * @param pattern with {@code <name>} for what the team names and {@code []} for a list's items
 */
public record KeyPath(String shown, String pattern) {
    private static final int LONGEST = 200;

    /** The whole file. */
    public static final KeyPath ROOT = new KeyPath("", "");

    /** Checks that no part is null. */
    public KeyPath {
        requireNonNull(shown, "shown is null");
        requireNonNull(pattern, "pattern is null");
    }

    /** A key that Meridian names. */
    public KeyPath key(String key) {
        return new KeyPath(shortened(joined(shown, key)), joined(pattern, key));
    }

    /** A key that the team names, such as a region's. */
    public KeyPath name(String name) {
        return new KeyPath(shortened(joined(shown, name)), joined(pattern, "<name>"));
    }

    /** An item of a list, counted from 1. */
    public KeyPath item(int number) {
        return new KeyPath(shortened(shown + "[" + number + "]"), pattern + "[]");
    }

    private static String joined(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Keys may be long and deep, and each value below them has a path of its own. */
    private static String shortened(String shown) {
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 1) + "…";
    }

    @Override
    public String toString() {
        return shown;
    }
}
