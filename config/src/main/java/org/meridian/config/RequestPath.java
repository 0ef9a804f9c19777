package org.meridian.config;

import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;

/** Reads the path of an HTTP request. */
final class RequestPath {
    static final String ROOT = "/";
    // RFC 3986's path and query; nothing that could end a request line or need quoting.
    private static final Pattern FORM = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{0,500}");

    private RequestPath() {}

    /** The path; {@code /} where none is written. */
    static String read(Optional<Field> path) {
        return path.flatMap(field -> field.text().filter(text -> wellFormed(field, text)))
                .orElse(ROOT);
    }

    private static boolean wellFormed(Field field, String text) {
        if (FORM.matcher(text).matches()) {
            return true;
        }
        field.error(
                "wrong-value",
                text.startsWith(ROOT)
                        ? "'" + text + "' has characters that a path can't have"
                        : "a path begins with /, unlike '" + text + "'",
                "Write a path such as /up.");
        return false;
    }
}
