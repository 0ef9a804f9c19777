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
    static final String SENDERS = "proxy_protocol";

    private static final String EXAMPLE = "Write addresses and ranges such as '%s: [10.0.0.0/8, 203.0.113.7]'.";
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
        trusted.addAll(addresses(traffic, TRUSTED));
        return new Proxies(port, trusted);
    }

    /** What begins each connection with the PROXY protocol. */
    static List<String> senders(Section traffic) {
        return addresses(traffic, SENDERS);
    }

    private static List<String> addresses(Section traffic, String key) {
        String example = EXAMPLE.formatted(key);
        List<String> addresses = new ArrayList<>();
        traffic.find(key)
                .flatMap(field -> field.items(example))
                .ifPresent(items -> items.forEach(item -> address(item, example).ifPresent(addresses::add)));
        return addresses;
    }

    /** A whole internet that is trusted would be a mistake, so a range has a least length. */
    private static Optional<String> address(Field field, String example) {
        return field.text().filter(text -> {
            boolean fits = FOUR.matcher(text).matches() || SIX.matcher(text).matches();
            if (!fits) {
                field.error(
                        "wrong-value", "'" + text + "' is neither an IP address nor a range of at most /8", example);
            }
            return fits;
        });
    }
}
