package org.meridian.core.variables;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Location;

/**
 * Reads the dotenv syntax as Docker Compose does: {@code NAME=value}, {@code export} before it, comments, quotes.
 *
 * <p>In single quotes everything stands for itself. In double quotes {@code \n \r \t \a \b \f \v \" \\ \$} are escapes. Both
 * may run over several lines. Without quotes a value ends at the line's end or at a blank before {@code #}. A variable in
 * a value that is not in single quotes is replaced, by one of the values given or else of the lines above; where a name
 * stands twice the last one holds, and a name without a value is taken from the values given (Compose documentation, "Use
 * an .env file: syntax"; tested against Compose 2.26). No problem shows a value.
 */
public final class DotEnv {
    /** Of all values, in characters: variables in values can make much of little. */
    private static final int LARGEST = 5_000_000;

    private final String file;
    private final String text;
    private final Optional<Variables> given;
    private final List<Location> valueless = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final LineCounter lines;
    private int at;
    private int size;

    private DotEnv(String file, String text, Optional<Variables> given) {
        this.file = requireNonNull(file, "file is null");
        this.text = requireNonNull(text, "text is null");
        this.given = requireNonNull(given, "given is null");
        this.lines = new LineCounter(text);
    }

    /** Reads a text that stands in a file of that name. */
    public static Content read(String file, String text, Variables given) {
        return new DotEnv(file, text, Optional.of(given)).content();
    }

    /** Reads a text in which a dollar is a dollar, as in what a store of secrets gives. */
    public static Content literal(String file, String text) {
        return new DotEnv(file, text, Optional.empty()).content();
    }

    private Content content() {
        all();
        return new Content(values, missing, valueless, problems);
    }

    /**
     * What a text says.
     *
     * @param values    names and values; a variable in a value that nothing gives is left empty, as Compose does
     * @param missing   the variables in values that nothing gives
     * @param valueless where names stand that have no value and are not among the values given; Compose passes over them
     * @param problems  what could not be read
     */
    public record Content(
            Map<String, String> values, Set<String> missing, List<Location> valueless, List<Problem> problems) {
        /** Copies the collections. */
        public Content {
            values = Map.copyOf(values);
            missing = Set.copyOf(missing);
            valueless = List.copyOf(valueless);
            problems = List.copyOf(problems);
        }

        @Override
        public String toString() {
            // Values are often secret.
            return "Content" + values.keySet();
        }
    }

    /**
     * Something that could not be read.
     *
     * @param where      where it stands
     * @param summary    what is wrong with it
     * @param suggestion what to write
     */
    public record Problem(Location where, String summary, String suggestion) {
        /** Checks that no part is null. */
        public Problem {
            requireNonNull(where, "where is null");
            requireNonNull(summary, "summary is null");
            requireNonNull(suggestion, "suggestion is null");
        }
    }

    private void all() {
        while (at < text.length() && size <= LARGEST) {
            skip(" \t\r\n");
            if (peek() == '#') {
                skipLine();
            } else if (at < text.length()) {
                variable();
            }
        }
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
        skip(" \t\r");
        if (!name.isEmpty() && (at >= text.length() || peek() == '\n' || peek() == '#')) {
            given.flatMap(all -> all.value(name))
                    .ifPresentOrElse(
                            value -> values.put(name, value), () -> valueless.add(lines.location(file, start)));
            skipLine();
            return;
        }
        if (name.isEmpty() || Character.isDigit(name.charAt(0)) || (peek() != '=' && peek() != ':')) {
            problem(start, "this is not a variable", "Write NAME=value, with letters, digits and underscores in NAME.");
            skipLine();
            return;
        }
        at++;
        skip(" \t");
        int begin = at;
        Optional<String> value = peek() == '\'' || peek() == '"' ? quoted() : Optional.of(unquoted());
        value.flatMap(read -> text.startsWith("'", begin) ? value : expanded(begin, name, read))
                .ifPresent(read -> keep(begin, name, read));
    }

    private void keep(int begin, String name, String value) {
        values.put(name, value);
        size += value.length();
        if (size > LARGEST) {
            problem(
                    begin,
                    "with " + name + " the values have more than " + LARGEST + " characters",
                    "Take fewer variables into values.");
        }
    }

    private Optional<String> expanded(int begin, String variable, String value) {
        if (given.isEmpty()) {
            return Optional.of(value);
        }
        Interpolation result =
                Interpolation.of(value, given.get().or(name -> Optional.ofNullable(values.get(name))), written -> "");
        if (result.invalid().isPresent()) {
            problem(
                    begin,
                    "the value of " + variable
                            + " has a ${ that begins no variable, or becomes too long with its variables",
                    "Write ${NAME}, or put the value into single quotes.");
            return Optional.empty();
        }
        missing.addAll(result.missing());
        return Optional.of(result.text());
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

    /** The value in the quotes, with its variables; empty when it is malformed. */
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
            case 'a' -> "\u0007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'v' -> "\u000B";
            case '"', '\\' -> String.valueOf(peek());
            // What is doubled here is a single one once variables are replaced.
            case '$' -> given.isPresent() ? "$$" : "$";
            default -> "\\" + peek();
        };
    }

    private void problem(int offset, String summary, String suggestion) {
        problems.add(new Problem(lines.location(file, offset), summary, suggestion));
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c == '.' || c == '-' || (c < 128 && Character.isLetterOrDigit(c));
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
