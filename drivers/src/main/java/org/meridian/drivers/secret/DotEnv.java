package org.meridian.drivers.secret;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.Secret;

/**
 * Reads the dotenv syntax: {@code NAME=value}, {@code export} before it, comments, and values in quotes.
 *
 * <p>In single quotes everything stands for itself. In double quotes {@code \n \r \t \" \\ \$} are escapes. Both may run
 * over several lines. Without quotes a value ends at the line's end or at a blank before {@code #}. Nothing is expanded:
 * a dollar is a dollar. No error shows a value.
 */
final class DotEnv {
    private final String file;
    private final String text;
    private final Map<String, Secret> values = new LinkedHashMap<>();
    private final List<Diagnostic> problems = new ArrayList<>();
    private int at;

    DotEnv(String file, String text) {
        this.file = requireNonNull(file, "file is null");
        this.text = requireNonNull(text, "text is null");
    }

    /** All variables; fails with every problem there is. */
    Map<String, Secret> parse() {
        while (at < text.length()) {
            skip(" \t\r\n");
            if (peek() == '#') {
                skipLine();
            } else if (at < text.length()) {
                variable();
            }
        }
        if (!problems.isEmpty()) {
            throw Failure.usage(problems);
        }
        return values;
    }

    private void variable() {
        if (text.startsWith("export ", at) || text.startsWith("export\t", at)) {
            at += "export ".length();
            skip(" \t");
        }
        int start = at;
        while (isNamePart(peek())) {
            at++;
        }
        String name = text.substring(start, at);
        skip(" \t");
        if (name.isEmpty() || Character.isDigit(name.charAt(0)) || peek() != '=') {
            problem(start, "this is not a variable", "Write NAME=value, with letters, digits and underscores in NAME.");
            skipLine();
            return;
        }
        at++;
        skip(" \t");
        Optional<String> value = peek() == '\'' || peek() == '"' ? quoted() : Optional.of(unquoted());
        value.ifPresent(read -> keep(start, name, read));
    }

    private void keep(int start, String name, String value) {
        if (values.containsKey(name)) {
            problem(start, name + " is set a second time", "Keep one of the two lines.");
            return;
        }
        values.put(name, Secret.of(value));
    }

    private String unquoted() {
        int start = at;
        while (at < text.length() && peek() != '\n' && !(peek() == '#' && isBlankBefore(start))) {
            at++;
        }
        String value = text.substring(start, at).strip();
        skipLine();
        return value;
    }

    private boolean isBlankBefore(int start) {
        return at == start || " \t".indexOf(text.charAt(at - 1)) >= 0;
    }

    /** The value in the quotes; empty when it is malformed. */
    private Optional<String> quoted() {
        int start = at;
        char quote = peek();
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && peek() != quote; at++) {
            boolean escape = quote == '"' && peek() == '\\' && at + 1 < text.length();
            value.append(escape ? escaped() : String.valueOf(peek()));
        }
        if (at >= text.length()) {
            problem(start, "this quote is never closed", "Close it with " + quote + ".");
            return Optional.empty();
        }
        at++;
        skip(" \t\r");
        if (at < text.length() && peek() != '\n' && peek() != '#') {
            problem(at, "there is something after the closing quote", "Put all of the value into the quotes.");
            skipLine();
            return Optional.empty();
        }
        skipLine();
        return Optional.of(value.toString());
    }

    private String escaped() {
        at++;
        return switch (peek()) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"', '\\', '$' -> String.valueOf(peek());
            default -> "\\" + peek();
        };
    }

    private void problem(int offset, String summary, String suggestion) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = offset - (before.lastIndexOf('\n') + 1) + 1;
        problems.add(
                Diagnostic.of("bad-secrets", file + ": " + summary, suggestion).at(new Location(file, line, column)));
    }

    private static boolean isNamePart(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }

    /** The next character; NUL at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }
}
