package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/**
 * A proxy that knows who people are and says so in a header of each request.
 *
 * @param header  the header's name, such as {@code X-Forwarded-User}; the proxy has to remove it from what clients send
 * @param address where the proxy's requests come from
 */
public record TrustedProxy(String header, InetAddress address) {
    /** A field name as in RFC 9110, 5.6.2. */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /** Checks the header's name; throws a Failure of kind USAGE otherwise. */
    public TrustedProxy {
        requireNonNull(header, "header is null");
        requireNonNull(address, "address is null");
        if (!FIELD.matcher(header).matches()) {
            throw Failure.usage(Diagnostic.of(
                    "proxy-header", "'" + header + "' is no header's name", "Write one such as X-Forwarded-User."));
        }
    }
}
