package org.meridian.core.diagnostic;

import static java.util.Objects.requireNonNull;

/**
 * A place in a file.
 *
 * @param file   the path as the user would write it
 * @param line   counted from 1
 * @param column counted from 1
 */
public record Location(String file, int line, int column) {
    /** Checks the numbers; throws IllegalArgumentException below 1. */
    public Location {
        requireNonNull(file, "file is null");
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1, not " + line + ":" + column);
        }
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
