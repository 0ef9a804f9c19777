package org.meridian.drivers.haproxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/**
 * An origin's address in a form that HAProxy takes at run time: an IP address, never a name, and a port.
 *
 * @param host an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 */
record OriginAddress(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?<four>\\d{1,3}(?:\\.\\d{1,3}){3}):(?<port4>\\d{1,5})"
            + "|\\[(?<six>[0-9A-Fa-f:.]{2,45})]:(?<port6>\\d{1,5})");

    /** Reads {@code 10.1.0.4:3000} or {@code [2001:db8::4]:3000}; throws a Failure for anything else. */
    static OriginAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw refused(text);
        }
        boolean four = matcher.group("four") != null;
        int port = Integer.parseInt(four ? matcher.group("port4") : matcher.group("port6"));
        if (port < 1 || port > 65_535) {
            throw refused(text);
        }
        return new OriginAddress(four ? matcher.group("four") : matcher.group("six"), port);
    }

    private static Failure refused(String text) {
        return Failure.of(Diagnostic.of(
                "origin-address",
                "the edge can't send requests to '" + text + "'",
                "Give an IP address and a port, such as 10.1.0.4:3000."));
    }
}
