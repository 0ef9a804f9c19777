package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry asks for in its WWW-Authenticate header (RFC 9110, section 11.6.1).
 *
 * @param scheme     such as {@code basic} or {@code bearer}, in lower case
 * @param parameters its parameters, names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    /** A name is tried from its beginning alone, so that a long text takes no longer than it is long. */
    private static final Pattern PARAMETER =
            Pattern.compile("(?<![A-Za-z_])([A-Za-z_]++)=(?:\"([^\"]*+)\"|([^\",\\s]*+))");

    /** Copies the parameters. */
    Challenge {
        requireNonNull(scheme, "scheme is null");
        parameters = Map.copyOf(parameters);
    }

    /** The one to meet of several: a token rather than the password itself. */
    static Optional<Challenge> of(List<String> headers) {
        List<Challenge> all = headers.stream().map(Challenge::parse).toList();
        return all.stream()
                .filter(challenge -> challenge.scheme.equals("bearer"))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    static Challenge parse(String header) {
        int blank = header.indexOf(' ');
        String scheme = blank < 0 ? header : header.substring(0, blank);
        Map<String, String> parameters = new HashMap<>();
        Matcher found = PARAMETER.matcher(blank < 0 ? "" : header.substring(blank));
        while (found.find()) {
            String value = found.group(2) == null ? found.group(3) : found.group(2);
            parameters.put(found.group(1).toLowerCase(Locale.ROOT), value);
        }
        return new Challenge(scheme.toLowerCase(Locale.ROOT), parameters);
    }

    /**
     * Who gives tokens; empty when it says nothing of that, or names a place that a password must not be sent to: it
     * has to be HTTPS, or on this machine.
     */
    Optional<URI> realm() {
        return scheme.equals("bearer")
                ? address(parameters.getOrDefault("realm", "")).filter(Challenge::mayHaveAPassword)
                : Optional.empty();
    }

    /** What stands before an at sign is not the host, whatever it looks like. */
    private static boolean mayHaveAPassword(URI realm) {
        boolean here = List.of("localhost", "127.0.0.1").contains(String.valueOf(realm.getHost()));
        boolean safe = "https".equals(realm.getScheme()) || ("http".equals(realm.getScheme()) && here);
        return safe && realm.getHost() != null && realm.getUserInfo() == null;
    }

    private static Optional<URI> address(String realm) {
        try {
            return Optional.of(URI.create(realm));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What to say to get a token that pulls this repository, as a form (distribution: token authentication). */
    String query(String repository) {
        String scope = parameters.getOrDefault("scope", "repository:" + repository + ":pull");
        String service = parameters.containsKey("service") ? "&service=" + encoded(parameters.get("service")) : "";
        return "scope=" + encoded(scope) + service;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
