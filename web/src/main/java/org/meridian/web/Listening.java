package org.meridian.web;

import static java.util.Objects.requireNonNull;

import io.javalin.config.JettyConfig;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.meridian.web.security.PemKeys;

/** Where and how the server listens, and how much it takes. */
final class Listening {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 500;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int FRAME_BYTES = 64 * 1024;

    private final DashboardSettings settings;
    private final Places.Limits limits;
    private @Nullable Places places;

    Listening(DashboardSettings settings, Places.Limits limits) {
        this.settings = settings;
        this.limits = limits;
    }

    /** The connections' places; there once it listens. */
    Places places() {
        return requireNonNull(places, "nothing listens yet");
    }

    void configure(JettyConfig jetty) {
        jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            // An encoded slash, a parameter or a dot segment in a path is refused before any route is looked up.
            http.setUriCompliance(UriCompliance.DEFAULT);
            http.setRequestHeaderSize(HEADER_BYTES);
        });
        jetty.modifyWebSocketServletFactory(sockets -> {
            sockets.setIdleTimeout(IDLE.multipliedBy(2));
            sockets.setMaxBinaryMessageSize(FRAME_BYTES);
            sockets.setMaxTextMessageSize(FRAME_BYTES);
        });
        jetty.addConnector(this::connector);
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        ServerConnector connector =
                settings.tls().map(tls -> encrypted(server, http, tls)).orElseGet(() -> plain(server, http));
        connector.setHost(settings.listen().getHostAddress());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE.toMillis());
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
        places = new Places(limits, connector.getScheduler());
        connector.addEventListener(places);
        return connector;
    }

    private static ServerConnector plain(Server server, HttpConfiguration http) {
        return new ServerConnector(server, new HttpConnectionFactory(http));
    }

    private static ServerConnector encrypted(Server server, HttpConfiguration http, DashboardSettings.Tls tls) {
        HttpConfiguration secure = new HttpConfiguration(http);
        // The Guard checks the name that is asked for.
        secure.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(PemKeys.read(tls.certificates(), tls.key()));
        context.setKeyStorePassword("");
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return new ServerConnector(
                server, new SslConnectionFactory(context, "http/1.1"), new HttpConnectionFactory(secure));
    }
}
