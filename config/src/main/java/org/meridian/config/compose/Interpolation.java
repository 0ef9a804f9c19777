package org.meridian.config.compose;

import java.util.HashSet;
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

    /** Defaults within defaults: more than anybody writes, few enough for the stack. */
    private static final int MOST_NESTED = 20;

    /** Copies the names. */
    public Interpolation {
        unresolved = Set.copyOf(unresolved);
    }

    /** Reads a text; defaults that are nested more than {@value #MOST_NESTED} deep stay as they are written. */
    public static Interpolation of(String text) {
        return of(text, 0);
    }

    private static Interpolation of(String text, int depth) {
        if (text.indexOf('$') < 0 || depth > MOST_NESTED) {
            return new Interpolation(text, Set.of());
        }
        StringBuilder result = new StringBuilder();
        Set<String> unresolved = new HashSet<>();
        Variables variables = new Variables(text);
        int at = 0;
        while (at < text.length()) {
            int end = variables.end(at);
            if (text.startsWith("$$", at)) {
                result.append('$');
                at += 2;
            } else if (end > at) {
                result.append(value(text.substring(at, end), unresolved, depth));
                at = end;
            } else {
                result.append(text.charAt(at++));
            }
        }
        return new Interpolation(result.toString(), unresolved);
    }

    /** The names of the variables that a text takes and that have no default; those inside a default do not count. */
    static Set<String> required(String text) {
        if (text.indexOf('$') < 0) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        Variables variables = new Variables(text);
        int at = 0;
        while (at < text.length()) {
            int end = variables.end(at);
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

    /** Whether defaults are nested so deep in a text that they stay as they are written. */
    static boolean tooDeep(String text) {
        int open = 0;
        for (int at = text.indexOf("${"); at >= 0 && at < text.length(); at++) {
            if (text.startsWith("${", at)) {
                open++;
            } else if (text.charAt(at) == '}' && open > 0) {
                open--;
            }
            if (open > MOST_NESTED) {
                return true;
            }
        }
        return false;
    }

    private static String value(String variable, Set<String> unresolved, int depth) {
        String body = variable.startsWith("${") ? variable.substring(2, variable.length() - 1) : variable.substring(1);
        int name = 0;
        while (name < body.length() && Variables.nameCharacter(body.charAt(name))) {
            name++;
        }
        String operator = body.substring(name).startsWith(":") ? body.substring(name + 1) : body.substring(name);
        if (operator.startsWith("-")) {
            Interpolation fallback = of(operator.substring(1), depth + 1);
            unresolved.addAll(fallback.unresolved());
            return fallback.text();
        }
        if (operator.startsWith("+")) {
            return "";
        }
        unresolved.add(body.substring(0, name));
        return variable;
    }
}
