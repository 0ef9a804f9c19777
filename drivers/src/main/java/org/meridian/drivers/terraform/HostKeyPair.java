package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import org.meridian.core.model.MachineName;
import org.meridian.core.model.Secret;

/**
 * The SSH host key that a server is born with.
 *
 * @param publicKey  in OpenSSH's form without a comment, such as {@code ssh-ed25519 AAAA…}
 * @param privateKey in OpenSSH's form, with its newlines
 */
public record HostKeyPair(String publicKey, Secret privateKey) {
    /** Checks that neither is null. */
    public HostKeyPair {
        requireNonNull(publicKey, "publicKey is null");
        requireNonNull(privateKey, "privateKey is null");
    }

    /** Where servers' host keys come from. */
    @FunctionalInterface
    public interface Source {
        /**
         * The key pair of a server; the same for the same arguments, on every machine that deploys with the same key.
         *
         * @param generation changes when a server of the same name is made again
         */
        HostKeyPair of(MachineName server, String generation);
    }
}
