package org.meridian.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.Proxies;

/** Reads what concerns the proxies on the app's machines. */
final class ProxiesReader {
    static final String PORT = "port";
    static final String TRUSTED = "trusted_proxies";

    private static final String EXAMPLE =
            "Write addresses and ranges such as 'trusted_proxies: [10.0.0.0/8, 203.0.113.7]'.";
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern FOUR = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}(?:/(?:[89]|[12]\\d|3[0-2]))?");
    private static final Pattern SIX = Pattern.compile(
            "(?=[0-9a-fA-F:]*:[0-9a-fA-F:]*)(?:[0-9a-fA-F]{1,4}:){0,7}(?:[0-9a-fA-F]{1,4}|:)(?::?[0-9a-fA-F]{1,4}){0,7}"
                    + "(?:/(?:1[6-9]|[2-9]\\d|1[01]\\d|12[0-8]))?");

    private ProxiesReader() {}

    /**
     * The proxies.
     *
     * @param known what stands before them whatever is configured
     */
    static Proxies read(Section traffic, List<String> known) {
        int port = traffic.find(PORT).flatMap(field -> field.number(1, 65_535)).orElse(Proxies.PORT);
        List<String> trusted = new ArrayList<>(known);
        traffic.find(TRUSTED)
                .flatMap(field -> field.items(EXAMPLE))
                .ifPresent(items -> items.forEach(item -> address(item).ifPresent(trusted::add)));
        return new Proxies(port, trusted);
    }

    /** A whole internet that is trusted would be a mistake, so a range has a least length. */
    private static Optional<String> address(Field field) {
        return field.text().filter(text -> {
            boolean fits = FOUR.matcher(text).matches() || SIX.matcher(text).matches();
            if (!fits) {
                field.error(
                        "wrong-value", "'" + text + "' is neither an IP address nor a range of at most /8", EXAMPLE);
            }
            return fits;
        });
    }
}
