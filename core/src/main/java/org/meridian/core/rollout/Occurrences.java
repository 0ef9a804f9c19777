package org.meridian.core.rollout;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where values stand in a text. Long ones are found also where they are broken over lines, as base64 is after 76 characters
 * (RFC 2045, 6.8), or after 64 (RFC 7468, 2); the breaks may be written as JSON has them.
 */
final class Occurrences {
    private static final Pattern BREAK = Pattern.compile("\\r?\\n[ \\t]*|(?:\\\\r)?\\\\n");

    /** The beginning of what may become a break. */
    private static final Pattern HALF_BREAK = Pattern.compile("(?:\\r|\\\\(?:r\\\\?)?)\\z");

    private final String text;
    private final List<String> values;
    private final List<String> breakable;
    private final StringBuilder joined = new StringBuilder();
    private final int[] places;
    private final BitSet hidden;

    /** Finds these in a text; {@code breakable} are those of the values that may be broken. */
    Occurrences(String text, List<String> values, List<String> breakable) {
        this.text = text;
        this.values = values;
        this.breakable = breakable;
        this.places = new int[text.length()];
        this.hidden = new BitSet(text.length());
        joinLines();
        values.forEach(this::hide);
        if (joined.length() < text.length()) {
            breakable.forEach(this::hideBroken);
        }
    }

    private void joinLines() {
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

    private void hide(String value) {
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
            hidden.set(at, at + value.length());
        }
    }

    /** With the breaks in it. */
    private void hideBroken(String value) {
        for (int at = joined.indexOf(value); at >= 0; at = joined.indexOf(value, at + 1)) {
            hidden.set(places[at], places[at + value.length() - 1] + 1);
        }
    }

    /** Whether there is one in a part of the text. */
    boolean within(int from, int to) {
        int first = hidden.nextSetBit(from);
        return first >= 0 && first < to;
    }

    /** A part of the text with the mask in place of what stands in it of values. */
    String masked(int from, int to, String mask) {
        StringBuilder result = new StringBuilder();
        int at = from;
        while (at < to) {
            boolean secret = hidden.get(at);
            int end = secret ? hidden.nextClearBit(at) : hidden.nextSetBit(at);
            int until = end < 0 ? to : Math.min(end, to);
            result.append(secret ? mask : text.substring(at, until));
            at = until;
        }
        return result.toString();
    }

    /**
     * Up to where the text is the same whatever comes after it: what may be the beginning of a value is not, nor is a value that
     * such a beginning is a part of.
     */
    int settled() {
        int open = Math.min(text.length() - beginning(text, values), brokenBeginning());
        boolean withinValue = open > 0 && open < text.length() && hidden.get(open - 1) && hidden.get(open);
        return withinValue ? hidden.previousClearBit(open) + 1 : open;
    }

    private int brokenBeginning() {
        Matcher half = HALF_BREAK.matcher(joined);
        String whole = half.find() ? joined.substring(0, half.start()) : joined.toString();
        int length = beginning(whole, breakable);
        return length == 0 ? text.length() : places[whole.length() - length];
    }

    /** How many of the last characters are the beginning of a value, and not the whole of it. */
    private static int beginning(String text, List<String> values) {
        int longest = 0;
        for (String value : values) {
            int length = Math.min(value.length() - 1, text.length());
            while (length > longest && !text.regionMatches(text.length() - length, value, 0, length)) {
                length--;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /** How many characters there are beside the breaks of lines. */
    int letters() {
        return joined.length();
    }
}
