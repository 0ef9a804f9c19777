package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to servers that Terraform made, with the real drivers and a bastion that is an SSH server of its own. */
final class JumpTest {
    private static final String NAME = "journal-eu-r1-1";

    @TempDir
    private Path directory = Path.of("");

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @Test
    void servers_in_clouds_are_reached_through_the_configured_bastion() throws Exception {
        try (SshServer bastion = bastion()) {
            Reach reach = new YamlConfig().reach(config(bastion)).orElseThrow();

            assertThat(asked).isNotEmpty().containsOnly("10.99.0.7:22");
            assertThat(reach.problems()).singleElement().satisfies(problem -> assertThat(problem.summary())
                    .contains(NAME, " through ", "the machine between forbids it"));
        }
    }

    /** It lets the person in, notes where it is asked to go on to, and does not go there. */
    private SshServer bastion() throws Exception {
        KeyPair person = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        KeyPair host = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        SshServer sshd = SshServer.setUpDefaultServer();
        sshd.setHost("127.0.0.1");
        sshd.setPort(0);
        sshd.setKeyPairProvider(KeyPairProvider.wrap(host));
        sshd.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, person.getPublic()));
        sshd.setForwardingFilter(new RejectAllForwardingFilter() {
            @Override
            protected boolean checkAcceptance(String request, Session session, SshdSocketAddress target) {
                asked.add(target.getHostName() + ":" + target.getPort());
                return false;
            }
        });
        sshd.start();
        Files.writeString(
                directory.resolve("known_hosts"),
                "[127.0.0.1]:" + sshd.getPort() + " " + PublicKeyEntry.toString(host.getPublic()) + "\n");
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(person, "ops", null, key);
        Path file = Files.write(directory.resolve("key"), key.toByteArray());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return sshd;
    }

    private Path config(SshServer bastion) throws Exception {
        Files.writeString(
                directory.resolve("compose.yaml"),
                "services: {web: {image: registry.example.com/journal, ports: [\"3000\"]}}\n");
        Path state = Files.createDirectories(directory.resolve(".meridian/terraform/eu"));
        Files.writeString(state.resolve("main.tf.json"), "{}");
        Files.writeString(state.resolve("terraform.tfstate"), """
                {"version": 4, "resources": [{}], "outputs": {
                  "asked": {"value": {"provider": "digitalocean", "location": "fra1", "servers": {"%1$s": {
                    "host_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "port": 80, "tags": {"meridian-release": "r1", "meridian-revision": "x"}}}}},
                  "servers": {"value": {"%1$s": {"public_ip": "", "private_ip": "10.99.0.7"}}}}}
                """.formatted(NAME));
        return Files.writeString(directory.resolve("meridian.yml"), """
                app: journal
                compose: compose.yaml
                image: registry.example.com/journal
                primary: eu
                regions:
                  eu: { provider: digitalocean, location: fra1 }
                serve: { service: web, port: 3000, health: { path: /up } }
                ssh: { user: ops, key: key, agent: none, known_hosts: [known_hosts], config: none, jump: "ops@127.0.0.1:%d" }
                """.formatted(bastion.getPort()));
    }
}
