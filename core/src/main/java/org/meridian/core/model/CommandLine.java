package org.meridian.core.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words by the quoting rules of a POSIX shell (POSIX.1-2017, XCU 2.2), and does nothing else that a
 * shell does: a {@code $} is a dollar sign and a {@code *} an asterisk.
 */
public final class CommandLine {
    private static final String OPERATORS = "|&;<>`";

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private CommandLine(String line) {
        this.line = line;
    }

    /** The words; throws IllegalArgumentException for an open quote, and for what only a shell could do. */
    public static List<String> split(String line) {
        return new CommandLine(line).split();
    }

    private List<String> split() {
        while (at < line.length()) {
            step(line.charAt(at++));
        }
        endWord();
        return words;
    }

    private void step(char c) {
        if (Character.isWhitespace(c)) {
            endWord();
        } else if (c == '\'' || c == '"') {
            quoted(c);
        } else if (c == '\\') {
            add(escaped());
        } else if (OPERATORS.indexOf(c) >= 0) {
            throw new IllegalArgumentException("the command runs without a shell, so '" + c + "' would not work");
        } else {
            add(c);
        }
    }

    private void quoted(char quote) {
        int opened = at;
        inWord = true;
        while (at < line.length() && line.charAt(at) != quote) {
            char c = line.charAt(at++);
            boolean escape = quote == '"' && c == '\\' && at < line.length() && "\"\\$`".indexOf(line.charAt(at)) >= 0;
            add(escape ? line.charAt(at++) : c);
        }
        if (at++ >= line.length()) {
            throw new IllegalArgumentException("the quote " + quote + " at character " + opened + " is not closed");
        }
    }

    private char escaped() {
        if (at >= line.length()) {
            throw new IllegalArgumentException("nothing follows the backslash at the end");
        }
        return line.charAt(at++);
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
