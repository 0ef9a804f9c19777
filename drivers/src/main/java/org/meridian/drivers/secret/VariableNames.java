package org.meridian.drivers.secret;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;

/** Finds what no container could have as a variable, before any server is made for it. */
final class VariableNames {
    // What Compose reads back from an env file, as the SSH driver writes it.
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final String OWN = "MERIDIAN_";

    private final String source;

    VariableNames(String source) {
        this.source = source;
    }

    /** The same values; throws a Failure of kind USAGE with every name or value that can't be a variable's. */
    Map<String, Secret> checked(Map<String, Secret> values) {
        var problems = new TreeMap<>(values)
                .entrySet().stream()
                        .flatMap(entry ->
                                problem(entry.getKey(), entry.getValue().reveal()).stream())
                        .toList();
        if (!problems.isEmpty()) {
            throw Failure.usage(problems);
        }
        return values;
    }

    private Optional<Diagnostic> problem(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            return bad("'" + name + "' can't be a variable's name", "Use letters, digits and underscores.");
        }
        if (name.startsWith(OWN)) {
            return bad(name + " is a name that Meridian sets itself", "Give the secret another name.");
        }
        return value.indexOf('\0') >= 0
                ? bad("the value of " + name + " has a NUL character in it", "Encode it, as Base64 for instance.")
                : Optional.empty();
    }

    private Optional<Diagnostic> bad(String summary, String suggestion) {
        return Optional.of(Diagnostic.of("bad-secrets", source + ": " + summary, suggestion));
    }
}
