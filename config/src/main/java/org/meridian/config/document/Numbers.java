package org.meridian.config.document;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads whole numbers as YAML 1.2 writes them, in decimal only. */
public final class Numbers {
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,9}");

    private Numbers() {}

    /** The number, if the text is a whole one of at most nine digits. */
    public static Optional<Integer> whole(String text) {
        return WHOLE.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
