package org.meridian.drivers.ssh;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.SshSettings;
import org.meridian.drivers.command.Command;

/**
 * Runs a command over SSH and brings an image's layer in a server of this process, so that the JVM can record the classes that connections take (the
 * launcher's cache): they are many, and most commands open some connections first.
 */
public final class SshTraining {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final byte[] LAYER = new byte[100_000];

    private static final String LAYER_PATH = "/v2/training/blobs/sha256:" + "0".repeat(64);

    private SshTraining() {}

    /** Connects once, with keys of its own that it leaves in the directory. */
    public static void run(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        KeyPair hostKey = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        DeployKey key = new KeptDeployKey(LocalDirectory.at(directory));
        try (SshServer server = server(hostKey);
                SshConnections connections = new SshConnections(settings(directory))) {
            server.start();
            Endpoint endpoint = new Endpoint(
                    "training",
                    InetAddress.getLoopbackAddress().getHostAddress(),
                    server.getPort(),
                    "training",
                    new Login.Own(key),
                    new Trust.Pinned(PublicKeyEntry.toString(hostKey.getPublic())),
                    Optional.empty());
            SshConnection connection = connections.made(new MachineName("training"), endpoint);
            var unused = connection.run(Command.of("true").within(LIMIT));
            pull(connection);
        }
    }

    /** What an engine does that takes an image through a tunnel. */
    private static void pull(SshConnection connection) throws IOException, InterruptedException {
        HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/v2/", exchange -> {
            exchange.sendResponseHeaders(200, LAYER.length);
            exchange.getResponseBody().write(LAYER);
            exchange.close();
        });
        registry.start();
        try (ImageGate gate = new ImageGate(
                        ImageSource.here(registry.getAddress()::getPort).open());
                ReverseTunnel tunnel = connection.tunnel(gate.address());
                HttpClient engine = HttpClient.newHttpClient()) {
            gate.admit(ImageReference.parse("meridian.invalid/training"));
            String auth = gate.entry().reveal().replaceAll(".*:\"|\"}", "");
            for (String login : List.of("none", "Basic " + auth)) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + tunnel.port() + LAYER_PATH))
                        .header("Authorization", login)
                        .timeout(LIMIT)
                        .build();
                var unused = engine.send(request, HttpResponse.BodyHandlers.discarding());
            }
        } finally {
            registry.stop(0);
        }
    }

    private static SshSettings settings(Path directory) {
        return new SshSettings(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(directory.resolve("known_hosts")),
                List.of(),
                1,
                SshSettings.USUAL_WITHIN);
    }

    private static SshServer server(KeyPair hostKey) {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((user, presented, session) -> true);
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.setCommandFactory((channel, line) -> new Nothing(line));
        return server;
    }

    /** A command that does nothing, well. */
    private static final class Nothing extends AbstractCommandSupport {
        Nothing(String line) {
            super(line, null);
        }

        @Override
        public void run() {
            onExit(0);
        }
    }
}
