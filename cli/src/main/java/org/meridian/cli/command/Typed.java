package org.meridian.cli.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as people type them, within their limits. */
final class Typed {
    private Typed() {}

    /** The identity of a state; throws IllegalArgumentException. */
    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not the identity of a state: 'meridian status' shows them", e);
        }
    }

    /** The name of a file; throws IllegalArgumentException. */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("this can't be the name of a file: " + e.getReason(), e);
        }
    }

    /** A number of runs. */
    static final class Runs implements ITypeConverter<Integer> {
        private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,5}");

        @Override
        public Integer convert(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new TypeConversionException("'" + text + "' is not a number of runs: write 1 to 999999");
            }
            return Integer.valueOf(text);
        }
    }

    /** A share of a whole that is not nothing, typed in percent. */
    static final class Share implements ITypeConverter<Double> {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]?|100)%?");

        @Override
        public Double convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException("'" + text + "' is not a load: write 1% to 100%");
            }
            return Integer.parseInt(form.group(1)) / 100.0;
        }
    }
}
