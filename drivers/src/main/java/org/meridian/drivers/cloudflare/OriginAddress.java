package org.meridian.drivers.cloudflare;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/**
 * Where Cloudflare sends an origin's requests.
 *
 * @param host an IP address or a name, as Cloudflare writes it: without brackets
 * @param port 1 to 65535
 */
record OriginAddress(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[(?<six>[0-9a-fA-F:.]{2,45})]|(?<host>[A-Za-z0-9.-]{1,253})):(?<port>\\d{1,5})");
    private static final int LARGEST = 65_535;

    /** Reads {@code 192.0.2.4:3000}, {@code [2001:db8::4]:3000} or {@code a.example.com:3000}; throws a Failure else. */
    static OriginAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group("port")) : 0;
        if (port < 1 || port > LARGEST) {
            throw Failure.of(Diagnostic.of(
                    "origin-address",
                    "Cloudflare can't send requests to '" + text + "'",
                    "Give a public address and a port, such as 192.0.2.4:3000."));
        }
        return new OriginAddress(matcher.group("six") == null ? matcher.group("host") : matcher.group("six"), port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
