package org.meridian.web.security;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names under which the dashboard is asked for. A page of another name whose address was turned to this machine (DNS
 * rebinding) asks for its own name, and is refused.
 */
public final class HostNames {
    private final Set<String> names;

    /** The address listened on, the names of this machine's loopback, and these. */
    public HostNames(String listen, Set<String> more) {
        names = Stream.concat(Stream.of("localhost", "127.0.0.1", "::1", listen), more.stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Whether a request with that Host header is for this dashboard; the port does not matter, since it may be tunnelled. */
    boolean allow(String host) {
        return names.contains(name(host.toLowerCase(Locale.ROOT)));
    }

    private static String name(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? host : host.substring(1, end);
        }
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }
}
