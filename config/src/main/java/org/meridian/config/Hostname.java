package org.meridian.config;

import java.util.List;
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

    /**
     * The app's public name, which has to be there, here or in serve.hosts; empty where a problem was kept.
     *
     * @param hosts all names that users ask for, where they are listed
     */
    static Optional<String> required(Section traffic, List<String> hosts) {
        if (!hosts.isEmpty() && !traffic.has("hostname")) {
            return Optional.of(hosts.getFirst());
        }
        return traffic.require("hostname", EXAMPLE)
                .flatMap(field -> read(field).filter(name -> listed(field, name, hosts)));
    }

    private static boolean listed(Field field, String name, List<String> hosts) {
        boolean listed = hosts.isEmpty() || hosts.contains(name);
        if (!listed) {
            field.error(
                    "wrong-value",
                    "'" + name + "' is not one of serve.hosts",
                    "Add it there, or leave 'hostname' out: then it is the first of serve.hosts.");
        }
        return listed;
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
