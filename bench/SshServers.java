import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;

/**
 * So many SSH servers on free ports of 127.0.0.1, each with a host key of its own. To whatever command each answers its name
 * and {@code is here}, so that what is measured is the clients. They have one key exchange that all clients know, because
 * otherwise each client would choose another, and this process would have more work with one than with another. They end
 * when standard input does.
 *
 * <p>Arguments: a directory that has the client's key {@code id} with {@code id.pub}, and how many servers. The SSH
 * configuration {@code config}, with the servers as {@code bench-1} and so on, and {@code known_hosts} are written there.
 */
final class SshServers {
    private SshServers() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]).toAbsolutePath();
        int servers = Integer.parseInt(arguments[1]);
        String client = PublicKeyEntry.toString(AuthorizedKeyEntry.parseAuthorizedKeyEntry(
                        Files.readString(directory.resolve("id.pub")))
                .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING));
        List<String> config = new ArrayList<>(List.of(
                "Host bench-*",
                "  HostName 127.0.0.1",
                "  User root",
                "  IdentityFile " + directory.resolve("id"),
                "  IdentitiesOnly yes",
                "  UserKnownHostsFile " + directory.resolve("known_hosts"),
                "  StrictHostKeyChecking yes"));
        List<String> known = new ArrayList<>();
        for (int number = 1; number <= servers; number++) {
            KeyPair key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
            int port = start("bench-" + number, key, client).getPort();
            config.addAll(List.of("Host bench-" + number, "  Port " + port));
            known.add("[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(key.getPublic()));
        }
        Files.write(directory.resolve("config"), config);
        Files.write(directory.resolve("known_hosts"), known);
        System.out.println("listening");
        System.in.transferTo(System.err);
        System.exit(0);
    }

    private static SshServer start(String name, KeyPair key, String client) throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setKeyExchangeFactories(server.getKeyExchangeFactories().stream()
                .filter(one -> one.getName().equals("curve25519-sha256"))
                .toList());
        server.setPublickeyAuthenticator((user, presented, session) -> PublicKeyEntry.toString(presented).equals(client));
        server.setCommandFactory((channel, line) -> new Answer(name, line));
        server.start();
        return server;
    }

    /** What an ordinary command would say, without a process. */
    private static final class Answer extends AbstractCommandSupport {
        private final String name;

        Answer(String name, String line) {
            super(line, null);
            this.name = name;
        }

        @Override
        public void run() {
            try {
                getOutputStream().write((name + " is here\n").getBytes(UTF_8));
                getOutputStream().flush();
                onExit(0);
            } catch (IOException e) {
                onExit(255, e.toString());
            }
        }
    }
}
