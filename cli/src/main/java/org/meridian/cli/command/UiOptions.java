package org.meridian.cli.command;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.web.DashboardSettings;
import org.meridian.web.DashboardSettings.Tls;
import org.meridian.web.security.ProxySecretFile;
import org.meridian.web.security.Role;
import org.meridian.web.security.Tokens;
import org.meridian.web.security.TrustedProxy;
import picocli.CommandLine.Option;

/** Where the dashboard listens and whom it lets in. */
final class UiOptions {
    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 0 for any port. Default: 7070.")
    private int port = 7070;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description =
                    "Listen on this address. Beyond loopback it needs TLS or a trusted proxy. Default: 127.0.0.1.")
    private String listen = "127.0.0.1";

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            description = "A name under which people ask for it, such as a proxy's; may be given several times.")
    private Set<String> names = Set.of();

    @Option(names = "--tls-certificate", paramLabel = "FILE", description = "Speak TLS with this certificate (PEM).")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's key (PEM, PKCS #8).")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--trusted-proxy",
            paramLabel = "ADDRESS",
            description = "Take from this proxy's requests who people are; it has to check that itself.")
    private Optional<String> proxy = Optional.empty();

    @Option(
            names = "--trusted-proxy-header",
            paramLabel = "NAME",
            description = "The header in which the proxy says it, such as X-Forwarded-User.")
    private Optional<String> proxyHeader = Optional.empty();

    @Option(
            names = "--trusted-proxy-secret",
            paramLabel = "FILE",
            description = "What the proxy sends as " + TrustedProxy.PROOF
                    + " with each request; a proxy on this machine needs it.")
    private Optional<Path> proxySecret = Optional.empty();

    @Option(
            names = "--read-only",
            description = "Also let people look who may not act: with a second token, and whoever comes by the proxy.")
    private boolean readOnly;

    @Option(names = "--new-token", description = "Make new tokens; the old ones let nobody in any more.")
    private boolean newToken;

    boolean readOnly() {
        return readOnly;
    }

    boolean newToken() {
        return newToken;
    }

    /** Throws a Failure of kind USAGE for options that do not go together. */
    DashboardSettings settings(Tokens tokens) {
        if (port < 0 || port > 65_535) {
            throw wrong("a port is 0 to 65535, not " + port, "Leave --port away for 7070.");
        }
        return new DashboardSettings(
                address("--listen", listen),
                port,
                names,
                tls(),
                trustedProxy(),
                readOnly ? Role.VIEWER : Role.OPERATOR,
                tokens);
    }

    private Optional<Tls> tls() {
        if (certificate.isPresent() != key.isPresent()) {
            throw wrong("TLS needs a certificate and its key", "Give --tls-certificate and --tls-key.");
        }
        return certificate.flatMap(file -> key.map(with -> new Tls(file, with)));
    }

    private Optional<TrustedProxy> trustedProxy() {
        if (proxy.isPresent() != proxyHeader.isPresent() || (proxySecret.isPresent() && proxy.isEmpty())) {
            throw wrong(
                    "a trusted proxy has an address and a header", "Give --trusted-proxy and --trusted-proxy-header.");
        }
        return proxy.flatMap(at -> proxyHeader.map(header ->
                new TrustedProxy(header, address("--trusted-proxy", at), proxySecret.map(ProxySecretFile::read))));
    }

    /** An address in figures: whose a name is may change. */
    private static InetAddress address(String option, String text) {
        try {
            return InetAddress.ofLiteral(text.equals("localhost") ? "127.0.0.1" : text);
        } catch (IllegalArgumentException e) {
            throw wrong(option + " '" + text + "' is no IP address", "Write one such as 127.0.0.1 or 0.0.0.0.");
        }
    }

    private static Failure wrong(String summary, String suggestion) {
        return Failure.usage(Diagnostic.of("ui-options", summary, suggestion));
    }
}
