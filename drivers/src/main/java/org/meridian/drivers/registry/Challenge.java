package org.meridian.drivers.registry;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)=(?:\"([^\"]*)\"|([^\",\\s]*))");

    /** Copies the parameters. */
    Challenge {
        parameters = Map.copyOf(parameters);
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

    /** Where a token to pull this repository is had; empty when it says nothing of that (distribution: token authentication). */
    Optional<URI> tokenAddress(String repository) {
        if (!scheme.equals("bearer") || !parameters.containsKey("realm")) {
            return Optional.empty();
        }
        String scope = parameters.getOrDefault("scope", "repository:" + repository + ":pull");
        String service = parameters.containsKey("service") ? "&service=" + encoded(parameters.get("service")) : "";
        String realm = parameters.get("realm");
        return Optional.of(URI.create(realm + (realm.contains("?") ? "&" : "?") + "scope=" + encoded(scope) + service));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
