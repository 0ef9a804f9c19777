package org.meridian.cli.view;

/**
 * Text of others as it may be shown on a terminal: nothing in it moves the cursor, changes a colour or the reading
 * direction. What would is shown by name: {@code ^[} for escape, {@code \\u202e} for what is not ASCII.
 */
final class Visible {
    private Visible() {}

    static String of(String text) {
        int at = 0;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        return at == text.length() ? text : shown(text, at);
    }

    private static String shown(String text, int from) {
        StringBuilder shown = new StringBuilder(text.substring(0, from));
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                shown.append(c);
            } else if (c < ' ' || c == 0x7f) {
                shown.append('^').append((char) (c ^ 0x40));
            } else {
                shown.append("\\u%04x".formatted((int) c));
            }
        }
        return shown.toString();
    }

    private static boolean isPlain(char c) {
        if (c < 0x7f) {
            return c >= ' ' || c == '\t';
        }
        return c > 0x9f && !isDirection(c);
    }

    /** What changes the direction in which text is read, and what ends a line elsewhere (Unicode, annex 9). */
    private static boolean isDirection(char c) {
        return (c >= '\u200b' && c <= '\u200f')
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2060' && c <= '\u2069')
                || c == '\u061c'
                || c == '\ufeff';
    }
}
