package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An origin as a pool at Cloudflare has it.
 *
 * @param server     the server's name
 * @param address    where it is
 * @param weight     its share
 * @param enabled    whether it takes requests; disabled, it drains or has drained, and is not health-checked
 * @param disabledAt since when it is disabled, by Cloudflare's clock; null where it is not, or not known
 */
record CloudflareOrigin(
        ServerName server,
        OriginAddress address,
        Weight weight,
        boolean enabled,
        @Nullable Instant disabledAt) {
    /**
     * What stands in a pool that would be empty otherwise, since Cloudflare wants at least one origin (its error 1002:
     * "the origin list length must be in range"). The address is one that nobody has (RFC 5737).
     */
    static final String NOBODY = "meridian-nobody";

    private static final String NOBODYS_ADDRESS = "192.0.2.1";
    private static final int PERCENT_DIGITS = 2;

    CloudflareOrigin {
        requireNonNull(server, "server is null");
        requireNonNull(address, "address is null");
        requireNonNull(weight, "weight is null");
    }

    /** Reads one; empty for the placeholder, and for what can't be a server of ours. */
    static Optional<CloudflareOrigin> of(JsonNode json) {
        String name = json.path("name").asString("");
        if (name.equals(NOBODY)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CloudflareOrigin(
                    new ServerName(name),
                    new OriginAddress(
                            json.path("address").asString(""), json.path("port").asInt(0)),
                    new Weight((int) Math.round(json.path("weight").asDouble(1) * 100)),
                    json.path("enabled").asBoolean(true),
                    instant(json.path("disabled_at").asString(""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same origin out of traffic. */
    CloudflareOrigin drained() {
        return new CloudflareOrigin(server, address, Weight.NONE, false, disabledAt);
    }

    CloudflareOrigin with(Weight newWeight) {
        return new CloudflareOrigin(server, address, newWeight, enabled, disabledAt);
    }

    /** Whether users may be sent to it, as far as its pool is concerned. */
    boolean serving() {
        return enabled && weight.serving();
    }

    /** As it is written to Cloudflare; when it was disabled is Cloudflare's to say. */
    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", server.value());
        json.put("address", address.host());
        json.put("port", address.port());
        json.put("enabled", enabled);
        json.put("weight", BigDecimal.valueOf(weight.percent(), PERCENT_DIGITS));
        return json;
    }

    static JsonNode nobody() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", NOBODY);
        json.put("address", NOBODYS_ADDRESS);
        json.put("enabled", false);
        return json;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
