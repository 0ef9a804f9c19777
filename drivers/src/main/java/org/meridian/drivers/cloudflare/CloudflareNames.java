package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import tools.jackson.databind.JsonNode;

/**
 * How what is made for an app at Cloudflare is named. Something is Meridian's only when both its name and its
 * description say so; everything else in the account is left alone.
 *
 * @param app the app
 */
record CloudflareNames(AppName app) {
    CloudflareNames {
        requireNonNull(app, "app is null");
    }

    /** The description of the monitor, which has no name, and of the load balancer, whose name is the hostname. */
    String description() {
        return "Meridian: app " + app;
    }

    String pool(RegionName region) {
        return "meridian-" + app + "-" + region;
    }

    String description(RegionName region) {
        return description() + ", region " + region;
    }

    /** The region that a pool of ours is for; empty for the pools of others. */
    Optional<RegionName> region(JsonNode pool) {
        String prefix = description() + ", region ";
        String written = pool.path("description").asString("");
        if (!written.startsWith(prefix)) {
            return Optional.empty();
        }
        return parse(written.substring(prefix.length()))
                .filter(region -> pool(region).equals(pool.path("name").asString("")));
    }

    /** Whether a monitor or a load balancer is ours. */
    boolean ours(JsonNode made) {
        return made.path("description").asString("").equals(description());
    }

    private static Optional<RegionName> parse(String name) {
        try {
            return Optional.of(new RegionName(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
