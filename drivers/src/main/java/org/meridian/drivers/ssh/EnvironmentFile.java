package org.meridian.drivers.ssh;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Installation;

/**
 * Writes a release's variables in the syntax of Compose's env files, so that Compose reads back every value as it is.
 *
 * <p>All values stand in double quotes, where Compose takes a backslash before {@code \ " $ n r} as an escape (Compose
 * documentation, "Use an .env file: syntax"); tested against Compose itself.
 */
final class EnvironmentFile {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private EnvironmentFile() {}

    /** The file's text; a Secret, because secrets are in it. Fails with USAGE for a variable that no container can have. */
    static Secret of(Installation installation) {
        Map<String, String> variables = new TreeMap<>(installation.environment());
        installation.secrets().forEach((name, secret) -> variables.put(name, secret.reveal()));
        return Secret.of(variables.entrySet().stream()
                .map(variable -> line(variable.getKey(), variable.getValue()))
                .collect(Collectors.joining()));
    }

    private static String line(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw unusable("'" + name + "' is not the name of an environment variable");
        }
        if (value.indexOf('\0') >= 0) {
            throw unusable("the value of " + name + " has a NUL character in it");
        }
        String escaped = value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("$", "\\$")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
        return name + "=\"" + escaped + "\"\n";
    }

    private static Failure unusable(String summary) {
        return Failure.usage(Diagnostic.of(
                "bad-variable", summary, "Use letters, digits and underscores in names, and text in values."));
    }
}
