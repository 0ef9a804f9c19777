package org.meridian.core.variables;

import org.meridian.core.diagnostic.Location;

/** Says in which line and column a text's characters stand; asked in ascending order, it reads the text once. */
final class LineCounter {
    private final String text;
    private int seen;
    private int line = 1;
    private int lineStart;

    LineCounter(String text) {
        this.text = text;
    }

    Location location(String file, int offset) {
        for (; seen < offset; seen++) {
            if (text.charAt(seen) == '\n') {
                line++;
                lineStart = seen + 1;
            }
        }
        return new Location(file, line, offset - lineStart + 1);
    }
}
