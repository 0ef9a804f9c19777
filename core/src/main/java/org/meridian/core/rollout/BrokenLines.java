package org.meridian.core.rollout;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in which values may be broken over lines, as base64 is after 76 characters (RFC 2045, 6.8), or after 64 (RFC 7468,
 * 2); the breaks may be written as JSON has them.
 */
final class BrokenLines {
    private static final Pattern BREAK = Pattern.compile("\\r?\\n[ \\t]*|(?:\\\\r)?\\\\n");

    private final String text;
    private final StringBuilder joined = new StringBuilder();
    private final int[] places;

    BrokenLines(String text) {
        this.text = text;
        this.places = new int[text.length()];
        Matcher breaks = BREAK.matcher(text);
        int from = 0;
        while (breaks.find()) {
            join(from, breaks.start());
            from = breaks.end();
        }
        join(from, text.length());
    }

    private void join(int from, int to) {
        for (int i = from; i < to; i++) {
            places[joined.length()] = i;
            joined.append(text.charAt(i));
        }
    }

    /** The text with the mask in place of each of these values, with the breaks in it. */
    String masked(List<String> values, String mask) {
        if (joined.length() == text.length()) {
            return text;
        }
        BitSet hidden = new BitSet(text.length());
        for (String value : values) {
            for (int at = joined.indexOf(value); at >= 0; at = joined.indexOf(value, at + 1)) {
                hidden.set(places[at], places[at + value.length() - 1] + 1);
            }
        }
        return hidden.isEmpty() ? text : without(hidden, mask);
    }

    private String without(BitSet hidden, String mask) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (int start = hidden.nextSetBit(0); start >= 0; start = hidden.nextSetBit(at)) {
            result.append(text, at, start).append(mask);
            at = hidden.nextClearBit(start);
        }
        return result.append(text, at, text.length()).toString();
    }
}
