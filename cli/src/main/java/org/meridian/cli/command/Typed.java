package org.meridian.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as people type them, within their limits. */
final class Typed {
    private Typed() {}

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
