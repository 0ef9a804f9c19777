package org.meridian.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import org.meridian.config.document.Field;

/** Reads addresses of web services; no problem repeats one, since a secret may stand in it. */
final class WebAddress {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private WebAddress() {}

    /** The base address of a service, with nothing after its path. */
    static Optional<URI> base(Field field) {
        return field.text().flatMap(text -> {
            Optional<URI> address = parse(text).filter(one -> one.getRawQuery() == null);
            if (address.isEmpty()) {
                field.error(
                        "wrong-value",
                        "this is not a service's address: http or https, a host, perhaps a port and a path, no user",
                        "Write one such as http://127.0.0.1:9000.");
            }
            return address;
        });
    }

    /** Whether what is sent there can't be read on the way: it is encrypted, or stays on this machine. */
    static boolean confidential(String text) {
        return parse(text)
                .filter(one -> one.getScheme().equalsIgnoreCase("https") || LOOPBACK.contains(one.getHost()))
                .isPresent();
    }

    private static Optional<URI> parse(String text) {
        try {
            URI address = new URI(text);
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            boolean fits = web
                    && address.getHost() != null
                    && address.getPort() <= 65_535
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null;
            return fits ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
