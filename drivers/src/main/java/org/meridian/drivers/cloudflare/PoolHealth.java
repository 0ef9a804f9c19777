package org.meridian.drivers.cloudflare;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.meridian.core.model.Origin.Health;
import tools.jackson.databind.JsonNode;

/**
 * What Cloudflare's checks found of a pool's origins, from the places it checks from (its "PoPs").
 *
 * <p>The description of the API calls {@code pop_health} one place's result; its example, and Cloudflare, give a map of
 * them by the place's name. An origin is healthy where more than half of the places find it so, as Cloudflare itself has
 * it ("How endpoints become unhealthy").
 */
final class PoolHealth {
    private static final String NO_FAILURE = "No failures";

    private final Map<String, Tally> byAddress = new HashMap<>();

    private PoolHealth() {}

    /** Reads the result of a pool's health. */
    static PoolHealth of(JsonNode result) {
        var health = new PoolHealth();
        for (JsonNode place : result.path("pop_health")) {
            for (JsonNode origin : place.path("origins")) {
                origin.properties()
                        .forEach(entry -> health.tally(entry.getKey()).count(entry.getValue()));
            }
        }
        return health;
    }

    /** Nothing was found yet. */
    static PoolHealth none() {
        return new PoolHealth();
    }

    /**
     * An origin's health. Cloudflare does not check what is disabled; such an origin served before it was taken out, and
     * is waited for before it gets requests again, so it counts as healthy meanwhile.
     */
    Health of(CloudflareOrigin origin) {
        Tally tally = byAddress.get(origin.address().host());
        if (tally == null) {
            return origin.enabled() ? Health.UNKNOWN : Health.HEALTHY;
        }
        return tally.good * 2 > tally.all ? Health.HEALTHY : Health.UNHEALTHY;
    }

    /** Why the checks of an origin failed, in Cloudflare's words. */
    String reasons(CloudflareOrigin origin) {
        Tally tally = byAddress.get(origin.address().host());
        return tally == null ? "not checked yet" : String.join(", ", tally.reasons);
    }

    private Tally tally(String address) {
        return byAddress.computeIfAbsent(address, any -> new Tally());
    }

    private static final class Tally {
        private final TreeSet<String> reasons = new TreeSet<>();
        private int good;
        private int all;

        void count(JsonNode found) {
            all++;
            if (found.path("healthy").asBoolean(false)) {
                good++;
            }
            String reason = found.path("failure_reason").asString("");
            if (!reason.isEmpty() && !reason.equals(NO_FAILURE)) {
                reasons.add(reason);
            }
        }
    }
}
