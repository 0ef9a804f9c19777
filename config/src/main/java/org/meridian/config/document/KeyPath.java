package org.meridian.config.document;

import static java.util.Objects.requireNonNull;

/**
 * The way to a value: which keys lead there.
 *
 * @param shown   for people, such as {@code regions.eu.servers}; empty for the whole file
 * @param pattern with {@code <name>} for what the team names and {@code []} for a list's items
 */
public record KeyPath(String shown, String pattern) {
    /** The whole file. */
    public static final KeyPath ROOT = new KeyPath("", "");

    /** Checks that no part is null. */
    public KeyPath {
        requireNonNull(shown, "shown is null");
        requireNonNull(pattern, "pattern is null");
    }

    /** A key that Meridian names. */
    public KeyPath key(String key) {
        return new KeyPath(joined(shown, key), joined(pattern, key));
    }

    /** A key that the team names, such as a region's. */
    public KeyPath name(String name) {
        return new KeyPath(joined(shown, name), joined(pattern, "<name>"));
    }

    /** An item of a list, counted from 1. */
    public KeyPath item(int number) {
        return new KeyPath(shown + "[" + number + "]", pattern + "[]");
    }

    private static String joined(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    @Override
    public String toString() {
        return shown;
    }
}
