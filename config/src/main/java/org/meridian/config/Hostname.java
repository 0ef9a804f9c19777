package org.meridian.config;

import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;

/** Reads names in DNS. */
final class Hostname {
    private static final String EXAMPLE = "Write the app's public name, such as 'hostname: journal.example.com'.";
    // RFC 1123, at least two labels; names of other scripts in their ASCII form (xn--).
    private static final Pattern NAME =
            Pattern.compile("(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private Hostname() {}

    /** The app's public name, which has to be there; empty where a problem was kept. */
    static Optional<String> required(Section traffic) {
        return traffic.require("hostname", EXAMPLE).flatMap(Hostname::read);
    }

    /** A name; empty where a problem was kept. */
    static Optional<String> read(Field field) {
        return field.text().filter(text -> {
            boolean wellFormed = NAME.matcher(text).matches();
            if (!wellFormed) {
                field.error("wrong-name", "'" + text + "' is not a name in DNS, in lower case", EXAMPLE);
            }
            return wellFormed;
        });
    }
}
