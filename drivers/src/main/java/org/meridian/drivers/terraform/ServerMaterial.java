package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Secret;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.Ownership;

/**
 * What an app's servers are made with, besides what their region says.
 *
 * @param app      the app
 * @param port     the port on which a new server answers requests
 * @param userData the first part of every server's user data; asked for only when a server is made
 * @param sshKey   the public key that may log in
 * @param hostKeys where servers' host keys come from
 * @param ownership tells what may be changed
 */
public record ServerMaterial(
        AppName app,
        int port,
        Supplier<UserData> userData,
        Supplier<String> sshKey,
        HostKeyPair.Source hostKeys,
        Ownership ownership) {
    /** Checks that no part is null. */
    public ServerMaterial {
        requireNonNull(app, "app is null");
        requireNonNull(userData, "userData is null");
        requireNonNull(sshKey, "sshKey is null");
        requireNonNull(hostKeys, "hostKeys is null");
        requireNonNull(ownership, "ownership is null");
    }

    /** A server's own user data: what all have, and its host key, which is therefore known before it boots. */
    Secret userData(ServerName server, String generation) {
        HostKeyPair pair = hostKeys.of(server, generation);
        String key = pair.privateKey().reveal().strip().indent(4);
        return Secret.of(userData.get().text().stripTrailing() + "\n\nssh_keys:\n  ed25519_private: |\n" + key
                + "  ed25519_public: " + pair.publicKey() + "\n");
    }
}
