package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.meridian.core.model.Secret;

/** A user of a registry, in one of the two forms that {@code docker login} leaves. */
public sealed interface Login {
    /** The entry that Docker's configuration has for it under {@code auths}, as JSON. */
    Secret entry();

    /**
     * A user with a password.
     *
     * @param user     the name
     * @param password the password, or a token that is used as one
     */
    record Password(String user, Secret password) implements Login {
        /** Checks that no part is null. */
        public Password {
            requireNonNull(user, "user is null");
            requireNonNull(password, "password is null");
        }

        /** The form of Docker's configuration and of HTTP's Basic authentication. */
        Secret encoded() {
            return Secret.of(base64(user + ":" + password.reveal()));
        }

        @Override
        public Secret entry() {
            return Secret.of("{\"auth\":\"" + encoded().reveal() + "\"}");
        }
    }

    /**
     * An identity token, which is an OAuth 2 refresh token; such as Azure's registry gives.
     *
     * @param token the token
     */
    record Identity(Secret token) implements Login {
        /** The user that Docker writes beside such a token, and credential helpers answer with. */
        static final String USER = "<token>";

        /** Checks that no part is null. */
        public Identity {
            requireNonNull(token, "token is null");
        }

        @Override
        public Secret entry() {
            return Secret.of("{\"auth\":\"" + base64(USER + ":") + "\",\"identitytoken\":\""
                    + token.reveal().replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
        }
    }

    /** Reads what Docker's configuration has: Base64 of {@code user:password}. Throws IllegalArgumentException. */
    static Password decoded(String auth) {
        String text = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("no colon between user and password");
        }
        return new Password(text.substring(0, colon), Secret.of(text.substring(colon + 1)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
