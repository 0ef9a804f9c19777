package org.meridian.web;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.web.security.Role;
import org.meridian.web.security.Tokens;
import org.meridian.web.security.TrustedProxy;

/**
 * Where the dashboard listens and whom it lets in.
 *
 * @param listen      the address to listen on; beyond loopback only with TLS or behind a trusted proxy
 * @param port        0 for any that is free
 * @param names       further names under which it is asked for
 * @param tls         its certificate; empty for plain HTTP
 * @param proxy       the proxy that says who people are; empty for none
 * @param proxiedRole what those may do whom the proxy names
 * @param tokens      the tokens that let people in
 */
public record DashboardSettings(
        InetAddress listen,
        int port,
        Set<String> names,
        Optional<Tls> tls,
        Optional<TrustedProxy> proxy,
        Role proxiedRole,
        Tokens tokens) {
    /** Throws a Failure of kind USAGE for what would let people listen in. */
    public DashboardSettings {
        requireNonNull(listen, "listen is null");
        names = Set.copyOf(names);
        requireNonNull(tls, "tls is null");
        requireNonNull(proxy, "proxy is null");
        requireNonNull(proxiedRole, "proxiedRole is null");
        requireNonNull(tokens, "tokens is null");
        if (!listen.isLoopbackAddress() && tls.isEmpty() && proxy.isEmpty()) {
            throw Failure.usage(Diagnostic.of(
                    "listen-in-the-clear",
                    "on " + listen.getHostAddress() + " everybody on the way could read the token",
                    "Give --tls-certificate and --tls-key, or --trusted-proxy and --trusted-proxy-header; or listen on"
                            + " 127.0.0.1 and reach it through 'ssh -L'."));
        }
    }

    /**
     * A certificate and its key, both PEM.
     *
     * @param certificates the certificate, then those that lead to a root
     * @param key          its key
     */
    public record Tls(Path certificates, Path key) {
        /** Checks that no part is null. */
        public Tls {
            requireNonNull(certificates, "certificates is null");
            requireNonNull(key, "key is null");
        }
    }
}
