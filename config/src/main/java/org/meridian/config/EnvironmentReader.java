package org.meridian.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Field.Named;

/** Reads {@code env:}, the plain variables of the app's containers. */
final class EnvironmentReader {
    private static final String EXAMPLE = "Write 'NAME: value' lines below it.";
    // POSIX.1-2017, chapter 8.1, with lower case as well.
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private EnvironmentReader() {}

    /** The variables in order; values are taken as they are written. */
    static Map<String, String> read(Optional<Field> env) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Named variable : env.map(field -> field.names(EXAMPLE)).orElse(List.of())) {
            checkName(variable);
            value(variable.field()).ifPresent(value -> variables.put(variable.name(), value));
        }
        return variables;
    }

    private static void checkName(Named variable) {
        if (!NAME.matcher(variable.name()).matches()) {
            variable.field()
                    .keyError(
                            "wrong-name",
                            "'" + variable.name() + "' can't be a variable's name",
                            "Use letters, digits and underscores, and start with a letter.");
        } else if (variable.name().startsWith("MERIDIAN_")) {
            variable.field()
                    .keyError(
                            "reserved-name",
                            "names that begin with MERIDIAN_ are set by Meridian itself",
                            "Give the variable another name.");
        }
    }

    private static Optional<String> value(Field field) {
        if (field.empty()) {
            field.error("empty-value", "there is no value", "Write \"\" for an empty one, or leave the variable out.");
            return Optional.empty();
        }
        Optional<String> text = field.text();
        if (text.filter(value -> value.indexOf('\0') >= 0).isPresent()) {
            field.error("wrong-value", "a variable can't hold a NUL character", "Remove it.");
            return Optional.empty();
        }
        return text;
    }
}
