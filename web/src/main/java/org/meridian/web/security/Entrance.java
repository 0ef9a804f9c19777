package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How people come to the dashboard.
 *
 * @param names       the names it goes by
 * @param encrypted   whether it speaks TLS itself
 * @param proxy       the proxy that says who people are; empty for none
 * @param proxiedRole what those may do whom the proxy names
 */
public record Entrance(HostNames names, boolean encrypted, Optional<TrustedProxy> proxy, Role proxiedRole) {
    /** Checks that no part is null. */
    public Entrance {
        requireNonNull(names, "names is null");
        requireNonNull(proxy, "proxy is null");
        requireNonNull(proxiedRole, "proxiedRole is null");
    }
}
