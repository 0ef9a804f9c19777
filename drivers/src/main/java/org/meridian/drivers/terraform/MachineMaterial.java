package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.model.AppName;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Ownership;

/**
 * What an app's machines are made with, besides what their region says.
 *
 * @param app      the app
 * @param ports    the port on which a new machine answers requests, by what it is for
 * @param userData the first part of every machine's user data; asked for only when one is made
 * @param sshKey   the public key that may log in
 * @param hostKeys where machines' host keys come from
 * @param ownership tells what may be changed
 */
public record MachineMaterial(
        AppName app,
        ToIntFunction<MachineSpec> ports,
        Supplier<UserData> userData,
        Supplier<String> sshKey,
        HostKeyPair.Source hostKeys,
        Ownership ownership) {
    /** Checks that no part is null. */
    public MachineMaterial {
        requireNonNull(app, "app is null");
        requireNonNull(ports, "ports is null");
        requireNonNull(userData, "userData is null");
        requireNonNull(sshKey, "sshKey is null");
        requireNonNull(hostKeys, "hostKeys is null");
        requireNonNull(ownership, "ownership is null");
    }

    int port(MachineSpec machine) {
        return ports.applyAsInt(machine);
    }

    /** A machine's own user data: what all have, and its host key, which is therefore known before it boots. */
    Secret userData(MachineName machine, String generation) {
        HostKeyPair pair = hostKeys.of(machine, generation);
        String key = pair.privateKey().reveal().strip().indent(4);
        return Secret.of(userData.get().text().stripTrailing() + "\n\nssh_keys:\n  ed25519_private: |\n" + key
                + "  ed25519_public: " + pair.publicKey() + "\n");
    }
}
