package org.meridian.core.variables;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Expands one text; collects the names. */
final class Template {
    /** Deeper than anybody writes a default within a default, shallow enough for the stack. */
    private static final int DEEPEST = 50;

    /** Values that hold one another several times double with each of them. */
    private static final int LONGEST = 1_000_000;

    private static final int SHOWN = 40;

    private final Variables variables;
    private final UnaryOperator<String> absent;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> refused = new LinkedHashSet<>();

    Template(Variables variables, UnaryOperator<String> absent) {
        this.variables = variables;
        this.absent = absent;
    }

    Set<String> names() {
        return names;
    }

    Set<String> missing() {
        return missing;
    }

    Set<String> refused() {
        return refused;
    }

    String expanded(String text, int depth) {
        if (depth > DEEPEST) {
            throw new Malformed(text);
        }
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
            result.append(text, at, dollar);
            if (result.length() > LONGEST) {
                throw new Malformed(text);
            }
            if (text.startsWith("$$", dollar)) {
                result.append('$');
                at = dollar + 2;
            } else {
                at = end(text, dollar);
                result.append(value(text.substring(dollar, at), depth));
            }
        }
        return result.append(text, at, text.length()).toString();
    }

    /** Where the variable that begins at the dollar ends. */
    private static int end(String text, int dollar) {
        if (text.startsWith("${", dollar)) {
            return closingBrace(text, dollar);
        }
        return nameEnd(text, dollar + 1);
    }

    private static int closingBrace(String text, int dollar) {
        int depth = 0;
        for (int i = dollar + 1; i < text.length(); i++) {
            depth += text.startsWith("${", i - 1) ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        throw new Malformed(text.substring(dollar));
    }

    private String value(String written, int depth) {
        if (written.equals("$")) {
            return written;
        }
        boolean braces = written.startsWith("${");
        String body = braces ? written.substring(2, written.length() - 1) : written.substring(1);
        int nameEnd = nameEnd(body, 0);
        String name = body.substring(0, nameEnd);
        String rest = body.substring(nameEnd);
        boolean emptyIsUnset = rest.startsWith(":");
        String operation = emptyIsUnset ? rest.substring(1) : rest;
        if (name.isEmpty() || (operation.isEmpty() ? emptyIsUnset : "-?+".indexOf(operation.charAt(0)) < 0)) {
            throw new Malformed(written);
        }
        names.add(name);
        Optional<String> value = variables.value(name).filter(found -> !(emptyIsUnset && found.isEmpty()));
        return switch (operation.isEmpty() ? ' ' : operation.charAt(0)) {
            case '-' -> value.isPresent() ? value.get() : expanded(operation.substring(1), depth + 1);
            case '+' -> value.isPresent() ? expanded(operation.substring(1), depth + 1) : "";
            default -> value.orElseGet(() -> without(name, !operation.isEmpty(), written, depth));
        };
    }

    private String without(String name, boolean demanded, String written, int depth) {
        if (depth == 0) {
            missing.add(name);
            if (demanded) {
                refused.add(name);
            }
        }
        return absent.apply(written);
    }

    private static int nameEnd(String text, int start) {
        int end = start;
        while (end < text.length() && namePart(text.charAt(end), end == start)) {
            end++;
        }
        return end;
    }

    private static boolean namePart(char c, boolean first) {
        return c == '_' || (c < 128 && (first ? Character.isLetter(c) : Character.isLetterOrDigit(c)));
    }

    /** A part of a text has a dollar and none of the forms. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String part) {
            super(part.length() > SHOWN ? part.substring(0, SHOWN) + "…" : part, null, false, false);
        }

        String part() {
            return String.valueOf(getMessage());
        }
    }
}
