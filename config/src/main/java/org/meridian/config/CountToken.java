package org.meridian.config;

import java.util.Comparator;
import java.util.List;

/**
 * The place of a number in a text, and the number that shall stand there.
 *
 * @param from  where it begins, counted from 0
 * @param until where it ends
 * @param count what shall stand there
 */
record CountToken(int from, int until, int count) {
    /** A text with these numbers in it, the last place first, so that the others stay where they are. */
    static String replaced(String text, List<CountToken> tokens) {
        StringBuilder replaced = new StringBuilder(text);
        tokens.stream()
                .sorted(Comparator.comparingInt(CountToken::from).reversed())
                .forEach(token -> replaced.replace(token.from(), token.until(), Integer.toString(token.count())));
        return replaced.toString();
    }
}
