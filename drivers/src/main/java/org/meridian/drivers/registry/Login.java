package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.meridian.core.model.Secret;

/**
 * A user of a registry.
 *
 * @param user     the name
 * @param password the password or token
 */
public record Login(String user, Secret password) {
    /** Checks that no part is null. */
    public Login {
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
    }

    /** Reads what Docker's configuration has: Base64 of {@code user:password}. Throws IllegalArgumentException. */
    static Login decoded(String auth) {
        String text = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("no colon between user and password");
        }
        return new Login(text.substring(0, colon), Secret.of(text.substring(colon + 1)));
    }

    /** The form of Docker's configuration and of HTTP's Basic authentication. */
    public Secret encoded() {
        return Secret.of(
                Base64.getEncoder().encodeToString((user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8)));
    }
}
