package org.meridian.core.variables;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A text whose variables are replaced by their values.
 *
 * <p>The forms and what they mean are those of the Compose specification's chapter on interpolation: {@code $NAME},
 * {@code ${NAME}}, with {@code :-} or {@code -} and a default, {@code :?} or {@code ?} and a message, {@code :+} or
 * {@code +} and a replacement, each of which may hold variables itself; {@code $$} is a dollar, and so is one that no name
 * follows.
 *
 * @param text    the text that came of it
 * @param missing the names that have no value and no default; not those within a default, which are not needed where what
 *                has the default gets a value
 * @param invalid the first part that is none of these forms; empty when all is well
 */
public record Interpolation(String text, Set<String> missing, Optional<String> invalid) {
    /** Checks that no part is null and copies the names. */
    public Interpolation {
        requireNonNull(text, "text is null");
        missing = Set.copyOf(missing);
        requireNonNull(invalid, "invalid is null");
    }

    /** Reads a text; a variable without a value stays as it is written. */
    public static Interpolation of(String text, Variables variables) {
        return of(text, variables, UnaryOperator.identity());
    }

    /** Reads a text; {@code absent} says what takes the place of a variable without a value, which it is given as written. */
    public static Interpolation of(String text, Variables variables, UnaryOperator<String> absent) {
        if (text.indexOf('$') < 0) {
            return new Interpolation(text, Set.of(), Optional.empty());
        }
        Set<String> missing = new LinkedHashSet<>();
        try {
            String result = new Template(variables, absent, missing).expanded(text, 0);
            return new Interpolation(result, missing, Optional.empty());
        } catch (Template.Malformed e) {
            return new Interpolation(text, Set.of(), Optional.of(e.part()));
        }
    }
}
