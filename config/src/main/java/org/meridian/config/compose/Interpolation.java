package org.meridian.config.compose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Text of a Compose file with its variables replaced by the defaults that stand beside them.
 *
 * <p>The forms are those of the Compose specification's chapter on interpolation. A server has none of the deployer's
 * variables, so the default is what holds there.
 *
 * @param text       with defaults put in; a variable without one stays as it is written
 * @param unresolved the names of the variables without a default
 */
public record Interpolation(String text, Set<String> unresolved) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Copies the names. */
    public Interpolation {
        unresolved = Set.copyOf(unresolved);
    }

    /** Reads a text. */
    public static Interpolation of(String text) {
        StringBuilder result = new StringBuilder();
        List<String> unresolved = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = endOfVariable(text, at);
            if (text.startsWith("$$", at)) {
                result.append('$');
                at += 2;
            } else if (end > at) {
                result.append(value(text.substring(at, end), unresolved));
                at = end;
            } else {
                result.append(text.charAt(at++));
            }
        }
        return new Interpolation(result.toString(), Set.copyOf(unresolved));
    }

    /** The names of the variables that a text takes and that have no default; those inside a default do not count. */
    static Set<String> required(String text) {
        Set<String> names = new HashSet<>();
        int at = 0;
        while (at < text.length()) {
            int end = endOfVariable(text, at);
            if (text.startsWith("$$", at)) {
                at += 2;
            } else if (end > at) {
                String variable = text.substring(at, end);
                Interpolation alone = of(variable);
                if (alone.text().equals(variable)) {
                    alone.unresolved().stream().filter(NAME.asMatchPredicate()).forEach(names::add);
                }
                at = end;
            } else {
                at++;
            }
        }
        return names;
    }

    /** Where the variable that begins here ends; the same place when none begins here. */
    private static int endOfVariable(String text, int start) {
        if (text.startsWith("${", start)) {
            return closingBrace(text, start + 1);
        }
        int end = start + 1;
        if (text.charAt(start) == '$') {
            while (end < text.length() && nameCharacter(text.charAt(end))) {
                end++;
            }
        }
        return end > start + 1 ? end : start;
    }

    private static int closingBrace(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return open - 1;
    }

    private static String value(String variable, List<String> unresolved) {
        String body = variable.startsWith("${") ? variable.substring(2, variable.length() - 1) : variable.substring(1);
        int name = 0;
        while (name < body.length() && nameCharacter(body.charAt(name))) {
            name++;
        }
        String operator = body.substring(name).startsWith(":") ? body.substring(name + 1) : body.substring(name);
        if (operator.startsWith("-")) {
            Interpolation fallback = of(operator.substring(1));
            unresolved.addAll(fallback.unresolved());
            return fallback.text();
        }
        if (operator.startsWith("+")) {
            return "";
        }
        unresolved.add(body.substring(0, name));
        return variable;
    }

    private static boolean nameCharacter(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
}
