package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** The key pair that Meridian logs in with: made on first use in a directory that only its owner can enter. */
public final class DeployKey {
    private static final String NAME = "id_ed25519";
    private static final int BITS = 256;

    private final Path privateFile;
    private final Path publicFile;

    /** The key pair in this directory, which need not exist yet. */
    public DeployKey(Path directory) {
        requireNonNull(directory, "directory is null");
        this.privateFile = directory.resolve(NAME);
        this.publicFile = directory.resolve(NAME + ".pub");
    }

    /** The public key in OpenSSH's form, one line without a comment; makes the pair when there is none. */
    public String publicKey() {
        try {
            if (!Files.exists(publicFile)) {
                keyPair();
            }
            return Files.readString(publicFile).strip();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Both keys; makes them when there are none. */
    synchronized KeyPair keyPair() {
        try {
            if (!Files.exists(privateFile)) {
                make();
            }
            KeyPair pair = load();
            writePublic(pair);
            return pair;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private void make() throws IOException, GeneralSecurityException {
        Path directory = requireNonNull(privateFile.getParent());
        Files.createDirectories(directory, permissions("rwx------"));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, BITS);
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "meridian", null, text);
        Path unfinished = Files.createTempFile(directory, NAME, "", permissions("rw-------"));
        try {
            Files.write(unfinished, text.toByteArray());
            // A link, unlike a move, never replaces the key that another process made at the same time.
            Files.createLink(privateFile, unfinished);
        } catch (FileAlreadyExistsException e) {
            // Theirs is as good as ours.
        } finally {
            Files.delete(unfinished);
        }
    }

    private KeyPair load() throws IOException, GeneralSecurityException {
        try (InputStream text = Files.newInputStream(privateFile)) {
            var pairs =
                    SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(privateFile.toString()), text, null);
            if (pairs == null) {
                throw new IOException("there is no key in it");
            }
            return pairs.iterator().next();
        }
    }

    private void writePublic(KeyPair pair) throws IOException {
        if (!Files.exists(publicFile)) {
            Files.write(
                    publicFile, (PublicKeyEntry.toString(pair.getPublic()) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String form) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(form));
    }

    private Failure unusable(Exception e) {
        return Failure.of(
                Diagnostic.of(
                        "bad-deploy-key",
                        "can't use the SSH key " + privateFile + ": " + e.getMessage(),
                        "Restore it from where it was made, or move it away; new servers then get a new one."),
                e);
    }
}
