package org.meridian.core.bootstrap;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.meridian.core.model.AppName;

/**
 * Renders what cloud-init does on a server's first boot; the same for every release, and without a secret.
 *
 * @param text the user data, a cloud-config document
 */
public record UserData(String text) {
    private static final String TEMPLATE = "user-data.yaml";
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
    private static final Pattern KEY = Pattern.compile("[a-z0-9@.-]+ [A-Za-z0-9+/]{20,}={0,2}( [A-Za-z0-9@._-]+)?");

    /** Checks that the text is there. */
    public UserData {
        requireNonNull(text, "text is null");
    }

    /**
     * The user data of an app's servers.
     *
     * @param app           the app
     * @param deployUser    the user that Meridian logs in as; a portable POSIX user name
     * @param authorizedKeys that user's public keys in OpenSSH's form, a line each; at least one
     * @throws IllegalArgumentException when the user or a key has another form, so that none can escape its place
     */
    public static UserData of(AppName app, String deployUser, String... authorizedKeys) {
        check(USER, deployUser, "a user name");
        for (String key : authorizedKeys) {
            check(KEY, key, "a public key on one line, such as 'ssh-ed25519 AAAA… name'");
        }
        if (authorizedKeys.length == 0) {
            throw new IllegalArgumentException("nobody could log in without a key");
        }
        return new UserData(template()
                .replace("@DEPLOY_USER@", deployUser)
                .replace("@AUTHORIZED_KEYS@", String.join("\", \"", authorizedKeys))
                .replace("@APP@", app.value()));
    }

    private static void check(Pattern form, String value, String what) {
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not " + what);
        }
    }

    private static String template() {
        try (InputStream template =
                requireNonNull(UserData.class.getResourceAsStream(TEMPLATE), TEMPLATE + " is not packaged")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
