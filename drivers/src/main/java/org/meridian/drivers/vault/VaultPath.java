package org.meridian.drivers.vault;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/**
 * Where a secret is: {@code MOUNT/PATH[@VERSION]}, as {@code vault kv get} takes it.
 *
 * @param mount   where the key-value store is mounted
 * @param path    the secret's path in it
 * @param version a number; empty for the newest
 */
record VaultPath(String mount, String path, Optional<String> version) {
    private static final Pattern FORM =
            Pattern.compile("(?<mount>[^/@\\s]+)/(?<path>[^@\\s]*[^@/\\s])(?:@(?<version>[1-9]\\d{0,8}))?");

    /** Reads it; throws a Failure of kind USAGE when it is something else. */
    static VaultPath parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw Failure.usage(Diagnostic.of(
                    "bad-reference",
                    "'" + text + "' is not the place of a secret in Vault",
                    "Write MOUNT/PATH, such as secret/journal/eu, and @VERSION where it is not to be the newest."));
        }
        return new VaultPath(form.group("mount"), form.group("path"), Optional.ofNullable(form.group("version")));
    }

    /** The path of the request (Vault's HTTP API, "KV secrets engine - version 2", "Read secret version"). */
    String request(Optional<String> wanted) {
        String encoded = Stream.of(path.split("/", -1))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        return "/v1/" + URLEncoder.encode(mount, StandardCharsets.UTF_8) + "/data/" + encoded
                + wanted.map(number -> "?version=" + number).orElse("");
    }
}
