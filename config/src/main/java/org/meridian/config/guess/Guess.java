package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

/**
 * Something that was not said and had to be guessed.
 *
 * @param value   what was guessed
 * @param because the evidence, as one line that can follow the value
 * @param known   false when there was no evidence at all and the value only keeps a place
 * @param <T>     what is guessed
 */
public record Guess<T>(T value, String because, boolean known) {
    /** Checks that no part is null, and makes the reason one line. */
    public Guess {
        requireNonNull(value, "value is null");
        because = requireNonNull(because, "because is null")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
    }

    static <T> Guess<T> of(T value, String because) {
        return new Guess<>(value, because, true);
    }

    static <T> Guess<T> placeholder(T value, String because) {
        return new Guess<>(value, because, false);
    }
}
