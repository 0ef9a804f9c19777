package org.meridian.drivers.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.SshSettings;

/** A person's SSH set-up in a directory: a configuration, known hosts, keys, perhaps an agent. */
final class PersonalSetup {
    static final SshSettings NONE = new SshSettings(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(Path.of("/nonexistent/known_hosts")),
            List.of(),
            SshSettings.USUAL_CONNECTIONS,
            SshSettings.USUAL_WITHIN);

    private final Path directory;
    private Optional<Path> agent = Optional.empty();
    private List<Path> keys = List.of();
    private List<SshAddress> jump = List.of();
    private int connections = 20;

    PersonalSetup(Path directory) {
        this.directory = directory;
    }

    PersonalSetup config(String text) throws IOException {
        Files.writeString(directory.resolve("config"), text);
        return this;
    }

    PersonalSetup known(String... lines) throws IOException {
        Files.write(knownHosts(), List.of(lines));
        return this;
    }

    PersonalSetup agent(Path socket) {
        agent = Optional.of(socket);
        return this;
    }

    PersonalSetup keys(Path... files) {
        keys = List.of(files);
        return this;
    }

    PersonalSetup jump(String... hops) {
        jump = List.of(hops).stream().map(SshAddress::parse).toList();
        return this;
    }

    PersonalSetup connections(int most) {
        connections = most;
        return this;
    }

    Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** Makes a key file; the public key is returned in OpenSSH's form. */
    String key(String name) throws IOException, GeneralSecurityException {
        return key(name, KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256), null);
    }

    String rsaKey(String name) throws IOException, GeneralSecurityException {
        return key(name, KeyUtils.generateKeyPair(KeyPairProvider.SSH_RSA, 2048), null);
    }

    String lockedKey(String name, String passphrase) throws IOException, GeneralSecurityException {
        OpenSSHKeyEncryptionContext context = new OpenSSHKeyEncryptionContext();
        context.setPassword(passphrase);
        context.setCipherType("256");
        return key(name, KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256), context);
    }

    private String key(String name, KeyPair pair, @Nullable OpenSSHKeyEncryptionContext context)
            throws IOException, GeneralSecurityException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, name, context, text);
        Path file = directory.resolve(name);
        Files.write(file, text.toByteArray());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return PublicKeyEntry.toString(pair.getPublic());
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    SshSettings settings() {
        return new SshSettings(
                Optional.empty(),
                keys,
                agent,
                Optional.of(directory.resolve("config")),
                List.of(knownHosts()),
                jump,
                connections,
                Duration.ofSeconds(5));
    }
}
