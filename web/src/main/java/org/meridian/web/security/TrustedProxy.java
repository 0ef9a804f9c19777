package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;

/**
 * A proxy that knows who people are and says so in a header of each request. One on this machine has to prove itself, since
 * every user of the machine can ask from its addresses.
 *
 * @param header  the header's name, such as {@code X-Forwarded-User}; the proxy has to remove it from what clients send
 * @param address where the proxy's requests come from
 * @param secret  what it sends in the header {@value #PROOF} of each request; empty for none
 */
public record TrustedProxy(String header, InetAddress address, Optional<Secret> secret) {
    /** The header of the proxy's secret. */
    public static final String PROOF = "X-Meridian-Proxy";

    /** A field name as in RFC 9110, 5.6.2. */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    private static final int LONGEST_NAME = 100;

    /** Checks the header's name, and that a secret is there where it is needed; throws a Failure of kind USAGE otherwise. */
    public TrustedProxy {
        requireNonNull(header, "header is null");
        requireNonNull(address, "address is null");
        requireNonNull(secret, "secret is null");
        if (!FIELD.matcher(header).matches()) {
            throw Failure.usage(Diagnostic.of(
                    "proxy-header", "'" + header + "' is no header's name", "Write one such as X-Forwarded-User."));
        }
        if (secret.isEmpty() && isOfThisMachine(address)) {
            throw Failure.usage(Diagnostic.of(
                    "proxy-secret",
                    address.getHostAddress() + " is this machine, and every user of it could say to be the proxy",
                    "Give --trusted-proxy-secret FILE, and let the proxy send what is in it as " + PROOF + "."));
        }
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Whether the request came from the proxy. */
    boolean sent(Context context) {
        boolean proven = secret.isEmpty()
                || only(context, PROOF)
                        .map(Secret::of)
                        .filter(secret.get()::equals)
                        .isPresent();
        return proven && address.equals(InetAddress.ofLiteral(bare(context.ip())));
    }

    /** Whom it says a request is from; empty when it does not say, or something else said it beside it. */
    Optional<String> visitor(Context context) {
        return only(context, header)
                .filter(name -> !name.isEmpty() && name.length() <= LONGEST_NAME)
                .filter(name -> name.codePoints().noneMatch(Character::isISOControl));
    }

    /** A proxy that adds its header to one that the client sent is not to be trusted. */
    private static Optional<String> only(Context context, String header) {
        List<String> values = Collections.list(context.req().getHeaders(header));
        return values.size() == 1 ? Optional.of(values.getFirst().strip()) : Optional.empty();
    }

    private static String bare(String ip) {
        return ip.replace("[", "").replace("]", "");
    }
}
