package org.meridian.drivers.secret;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes variables as dotenv lines that read back as they were. */
public final class DotEnvText {
    private DotEnvText() {}

    /** The lines. */
    public static String of(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=\""
                        + entry.getValue()
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("$", "\\$")
                        + "\"\n")
                .collect(Collectors.joining());
    }
}
