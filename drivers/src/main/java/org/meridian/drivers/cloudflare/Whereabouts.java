package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.CloudflareSettings;
import tools.jackson.databind.JsonNode;

/**
 * Where in Cloudflare an app's hostname lives.
 *
 * @param zone    the zone's id
 * @param account the id of the account that has the zone
 */
record Whereabouts(String zone, String account) {
    Whereabouts {
        requireNonNull(zone, "zone is null");
        requireNonNull(account, "account is null");
    }

    /** Asks for the zone of the hostname; throws a Failure where the token sees none. */
    static Whereabouts find(CloudflareApi api, CloudflareSettings settings) throws InterruptedException {
        List<String> candidates = settings.zone().map(List::of).orElseGet(() -> parents(settings.hostname()));
        for (String name : candidates) {
            Optional<JsonNode> zone = zone(api, name);
            if (zone.isPresent()) {
                return of(zone.get(), settings);
            }
        }
        throw Failure.of(Diagnostic.of(
                "cloudflare-zone",
                "the token sees no zone at Cloudflare for " + settings.hostname() + " (asked for "
                        + String.join(", ", candidates) + ")",
                "Add the domain to Cloudflare, correct traffic.hostname or traffic.zone, or give the token '"
                        + Permission.ZONE_READ.words() + "' for it."));
    }

    /** Base path of what belongs to the account. */
    String inAccount() {
        return "/accounts/" + account + "/load_balancers";
    }

    /** Base path of what belongs to the zone. */
    String inZone() {
        return "/zones/" + zone;
    }

    private static Whereabouts of(JsonNode zone, CloudflareSettings settings) {
        return new Whereabouts(zone.path("id").asString(""), settings.account().orElseGet(() -> zone.path("account")
                .path("id")
                .asString("")));
    }

    private static Optional<JsonNode> zone(CloudflareApi api, String name) throws InterruptedException {
        JsonNode zones = api.call(ApiRequest.get(
                        "/zones?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8),
                        "find the zone " + name,
                        Permission.ZONE_READ))
                .result();
        return zones.isEmpty() ? Optional.empty() : Optional.of(zones.get(0));
    }

    /** The names that the zone of a hostname may have, the longest first; a zone has at least two parts. */
    private static List<String> parents(String hostname) {
        List<String> names = new ArrayList<>();
        for (String name = hostname; name.indexOf('.') > 0; name = name.substring(name.indexOf('.') + 1)) {
            names.add(name);
        }
        return names;
    }
}
