package org.meridian.config.compose;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Knows where each variable of a text ends; the braces are matched once, so that no text takes longer than its length. */
final class Variables {
    private final String text;
    private final int[] closing;

    Variables(String text) {
        this.text = text;
        this.closing = matched(text);
    }

    private static int[] matched(String text) {
        int[] closing = new int[text.length()];
        Arrays.fill(closing, -1);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                open.push(i);
            } else if (c == '}' && !open.isEmpty()) {
                closing[open.pop()] = i;
            }
        }
        return closing;
    }

    /** Where the variable that begins here ends; the same place when none begins here. */
    int end(int start) {
        if (text.startsWith("${", start)) {
            return closing[start + 1] < 0 ? start : closing[start + 1] + 1;
        }
        int end = start + 1;
        if (text.charAt(start) == '$') {
            while (end < text.length() && nameCharacter(text.charAt(end))) {
                end++;
            }
        }
        return end > start + 1 ? end : start;
    }

    static boolean nameCharacter(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
}
