package org.meridian.core.variables;

import static java.util.Objects.requireNonNull;

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
 * @param names   the names that were looked at
 * @param missing those of them that have no value and no default; not those within a default, which are not needed where
 *                what has the default gets a value
 * @param refused those of them without a value that Compose refuses to go on without: they stand with {@code ?}
 * @param invalid the first part that is none of these forms; empty when all is well
 */
public record Interpolation(
        String text, Set<String> names, Set<String> missing, Set<String> refused, Optional<String> invalid) {
    /** Checks that no part is null and copies the names. */
    public Interpolation {
        requireNonNull(text, "text is null");
        names = Set.copyOf(names);
        missing = Set.copyOf(missing);
        refused = Set.copyOf(refused);
        requireNonNull(invalid, "invalid is null");
    }

    /** Reads a text; a variable without a value stays as it is written. */
    public static Interpolation of(String text, Variables variables) {
        return of(text, variables, UnaryOperator.identity());
    }

    /** Reads a text; {@code absent} says what takes the place of a variable without a value, which it is given as written. */
    public static Interpolation of(String text, Variables variables, UnaryOperator<String> absent) {
        if (text.indexOf('$') < 0) {
            return new Interpolation(text, Set.of(), Set.of(), Set.of(), Optional.empty());
        }
        Template template = new Template(variables, absent);
        try {
            String result = template.expanded(text, 0);
            return new Interpolation(
                    result, template.names(), template.missing(), template.refused(), Optional.empty());
        } catch (Template.Malformed e) {
            return new Interpolation(text, Set.of(), Set.of(), Set.of(), Optional.of(e.part()));
        }
    }
}
