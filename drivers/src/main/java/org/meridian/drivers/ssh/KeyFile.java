package org.meridian.drivers.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Optional;
import javax.security.auth.login.FailedLoginException;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;

/** Reads private keys that a person keeps in files. */
final class KeyFile {
    private KeyFile() {}

    /** The key pair; empty when it has a passphrase, which is the agent's business. Fails for what is no key. */
    static Optional<KeyPair> read(Path file) {
        try (InputStream text = BoundedFile.stream(file, BoundedFile.MEGABYTE)) {
            var pairs = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), text, null);
            if (pairs == null || !pairs.iterator().hasNext()) {
                throw new IOException("there is no private key in it");
            }
            return Optional.of(pairs.iterator().next());
        } catch (FailedLoginException e) {
            return Optional.empty();
        } catch (NoSuchFileException e) {
            throw unusable(file, "there is no such file");
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unusable(file, String.valueOf(e.getMessage()));
        }
    }

    /** Whether it is there and has a passphrase. */
    static boolean locked(Path file) {
        return Files.isReadable(file) && read(file).isEmpty();
    }

    private static Failure unusable(Path file, String why) {
        return Failure.usage(Diagnostic.of(
                "bad-ssh-key",
                "can't use the SSH key " + file + ": " + why,
                "Name a private key in OpenSSH's or PEM form with 'key' under 'ssh', or with IdentityFile."));
    }
}
