package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.local.LocalDirectory;

/** A deploy key that this machine keeps: made on first use in a directory that only its owner can enter. */
public final class KeptDeployKey implements DeployKey {
    static final String NAME = "id_ed25519";
    private static final int BITS = 256;

    /** An Ed25519 key has 51 bytes with its name (RFC 8709, section 4), 68 characters in Base64. */
    private static final Pattern PUBLIC = Pattern.compile("ssh-ed25519 [A-Za-z0-9+/]{68}( .*)?");

    private final LocalDirectory directory;
    private final String name;
    private final Path privateFile;
    private final Path publicFile;

    /** The key pair in this directory, which need not exist yet. */
    public KeptDeployKey(LocalDirectory directory) {
        this(directory, NAME);
    }

    KeptDeployKey(LocalDirectory directory, String name) {
        this.directory = requireNonNull(directory, "directory is null");
        this.name = requireNonNull(name, "name is null");
        this.privateFile = directory.file(name);
        this.publicFile = directory.file(name + ".pub");
    }

    /** Makes the pair when there is none. */
    @Override
    public String publicKey() {
        try {
            Optional<String> kept = keptPublic();
            return kept.isPresent()
                    ? kept.get()
                    : PublicKeyEntry.toString(keyPair().getPublic());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** What the file of the public key says; empty where it is missing, empty or cut off, for the private one has all. */
    private Optional<String> keptPublic() throws IOException {
        return Files.exists(publicFile)
                ? Optional.of(BoundedFile.text(publicFile, BoundedFile.MEGABYTE).strip())
                        .filter(PUBLIC.asMatchPredicate())
                : Optional.empty();
    }

    /** Makes the pair when there is none. */
    @Override
    public synchronized KeyPair keyPair() {
        try {
            if (!Files.exists(privateFile)) {
                make();
            }
            KeyPair pair = load();
            writePublic(pair);
            return pair;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The library says of a file that is cut off what it stumbled over, in exceptions of many kinds.
            throw unusable(e);
        }
    }

    private void make() throws IOException, GeneralSecurityException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, BITS);
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "meridian", null, text);
        directory.writeOnce(name, text.toByteArray());
    }

    private KeyPair load() throws IOException, GeneralSecurityException {
        try (InputStream text = BoundedFile.stream(privateFile, BoundedFile.MEGABYTE)) {
            var pairs =
                    SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(privateFile.toString()), text, null);
            if (pairs == null) {
                throw new IOException("there is no key in it");
            }
            return pairs.iterator().next();
        }
    }

    private void writePublic(KeyPair pair) throws IOException {
        if (keptPublic().isEmpty()) {
            directory.write(name + ".pub", PublicKeyEntry.toString(pair.getPublic()) + "\n");
        }
    }

    @Override
    public String described() {
        return "Meridian's key";
    }

    @Override
    public String advice() {
        return "See that " + privateFile
                + " is the key that the server was made with; for a team, 'deploy_key' under 'ssh'"
                + " names one that all share (docs/team.md).";
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
