package org.meridian.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param check what was checked, in a word or two
 * @param level how bad it is
 * @param text  what was found
 * @param fix  what to do about it; empty when all is well
 */
public record Finding(String check, Level level, String text, String fix) {
    /** Checks that no part is null. */
    public Finding {
        requireNonNull(check, "check is null");
        requireNonNull(level, "level is null");
        requireNonNull(text, "text is null");
        requireNonNull(fix, "fix is null");
    }

    /** All is well. */
    public static Finding ok(String check, String text) {
        return new Finding(check, Level.OK, text, "");
    }

    /** It may do, or not. */
    public static Finding warn(String check, String text, String fix) {
        return new Finding(check, Level.WARN, text, fix);
    }

    /** It will not do. */
    public static Finding fail(String check, String text, String fix) {
        return new Finding(check, Level.FAIL, text, fix);
    }

    /** How bad something is. */
    public enum Level {
        /** All is well. */
        OK,
        /** It may do, or not. */
        WARN,
        /** It will not do. */
        FAIL;

        /** The form in JSON and in print. */
        public String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
