package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The SSH host key that a machine has proved to have, for all who deploy.
 *
 * @param machine  a server's name; or the machine as known hosts have it, such as {@code lab-1} or {@code [10.0.0.5]:2222}
 * @param key      the public key in OpenSSH's form, without a comment
 * @param bornWith for a server that got its first host key with its user data, that one: another server of the same name has
 *                 another
 */
public record HostKeyPin(String machine, String key, Optional<String> bornWith) {
    /** Checks that no part is null. */
    public HostKeyPin {
        requireNonNull(machine, "machine is null");
        requireNonNull(key, "key is null");
        requireNonNull(bornWith, "bornWith is null");
    }

    /** The pin of a machine that was there before Meridian. */
    public static HostKeyPin of(String machine, String key) {
        return new HostKeyPin(machine, key, Optional.empty());
    }
}
