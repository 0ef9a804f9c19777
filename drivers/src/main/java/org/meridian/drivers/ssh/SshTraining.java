package org.meridian.drivers.ssh;

import java.io.IOException;
import java.net.InetAddress;
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
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.SshSettings;
import org.meridian.drivers.command.Command;

/**
 * Runs a command over SSH in a server of this process, so that the JVM can record the classes that connections take (the
 * launcher's cache): they are many, and most commands open some connections first.
 */
public final class SshTraining {
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
            var unused = connections
                    .server(new ServerName("training"), endpoint)
                    .run(Command.of("true").within(Duration.ofSeconds(20)));
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
