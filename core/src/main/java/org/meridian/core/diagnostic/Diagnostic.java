package org.meridian.core.diagnostic;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A problem that a person can act on: what is wrong, where, and what to do next.
 *
 * @param code       short and stable, in kebab case, such as {@code unknown-key}
 * @param summary    one line that names the thing and what is wrong with it
 * @param detail     more of it, possibly many lines (a log's end, a tool's own words); may be empty
 * @param suggestion what to do next; may be empty
 * @param where      the place in a file, when it is in one
 */
public record Diagnostic(String code, String summary, String detail, String suggestion, Optional<Location> where) {
    private static final Pattern ESCAPE = Pattern.compile("\u001B(\\[[0-9;?]*[ -/]*[@-~]|[@-Z\\\\-_])");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    private static final int LONGEST = 1_000;
    private static final int LONGEST_DETAIL = 100_000;

    /**
     * Checks that no part is null, shortens what nobody would read to its end, and takes terminal escapes and control characters out: tools' words and logs of
     * containers stand in here, and nothing that they contain may act on a terminal.
     */
    public Diagnostic {
        requireNonNull(code, "code is null");
        summary = shortened(plain(requireNonNull(summary, "summary is null")).replace('\n', ' '), LONGEST);
        detail = shortened(plain(requireNonNull(detail, "detail is null")), LONGEST_DETAIL);
        suggestion = shortened(plain(requireNonNull(suggestion, "suggestion is null")), LONGEST);
        requireNonNull(where, "where is null");
    }

    /** Its beginning and its end: what is wrong often stands behind a long value. */
    private static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, longest / 2) + " … " + text.substring(text.length() - longest / 2);
    }

    private static String plain(String text) {
        return CONTROL.matcher(ESCAPE.matcher(text).replaceAll("")).replaceAll("");
    }

    /** A problem without a place in a file and without detail. */
    public static Diagnostic of(String code, String summary, String suggestion) {
        return new Diagnostic(code, summary, "", suggestion, Optional.empty());
    }

    /** The same problem with this detail. */
    public Diagnostic withDetail(String newDetail) {
        return new Diagnostic(code, summary, newDetail, suggestion, where);
    }

    /** The same problem at this place. */
    public Diagnostic at(Location place) {
        return new Diagnostic(code, summary, detail, suggestion, Optional.of(place));
    }
}
