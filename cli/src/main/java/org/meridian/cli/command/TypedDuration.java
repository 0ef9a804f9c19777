package org.meridian.cli.command;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time spans as people type them, in the form that meridian.yml has. */
final class TypedDuration {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(s|m|h)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    private TypedDuration() {}

    /** Reads one; throws IllegalArgumentException that says what to write instead. */
    static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time span: write a whole number and s, m or h, such as 90s or 10m");
        }
        return Duration.of(Long.parseLong(form.group(1)), UNITS.get(form.group(2)));
    }
}
