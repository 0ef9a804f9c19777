package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.meridian.core.geography.Place;
import org.meridian.core.model.App;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.CloudflareSettings.Steering;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an app's monitor, pools and load balancer are to be, as the API takes it. */
final class Blueprint {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int FAILURES = 2;
    private static final int RETRIES = 1;
    /** How long resolvers may keep the address of a hostname that is not proxied. */
    private static final Duration TTL = Duration.ofSeconds(30);

    private final App app;
    private final CloudflareSettings settings;
    private final CloudflareNames names;

    Blueprint(App app, CloudflareSettings settings, CloudflareNames names) {
        this.app = requireNonNull(app, "app is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.names = requireNonNull(names, "names is null");
    }

    /** How long a disabled origin may still be answering: sessions and requests, or what resolvers remember. */
    Duration drain() {
        Duration drain = Duration.ofSeconds(seconds(app.rollout().drain()));
        return settings.proxied() ? drain : drain.plus(TTL);
    }

    /** How long it takes at most until an origin that is well is known to be. */
    Duration healthWithin() {
        HealthCheck check = app.serve().health();
        Duration checks = settings.checkEvery().multipliedBy(check.rise() + 1L);
        Duration tries = Duration.ofSeconds(timeout()).multipliedBy(RETRIES + 1L);
        Duration known = Duration.ofSeconds(15);
        return checks.plus(tries).plus(known);
    }

    /** The check of every origin. It asks for the hostname, since apps may refuse to answer to an address. */
    ObjectNode monitor() {
        HealthCheck check = app.serve().health();
        ObjectNode json = JSON.objectNode();
        json.put("description", names.description());
        json.put("type", "http");
        json.put("method", "GET");
        json.put("path", check.path());
        json.put(
                "port",
                app.traffic()
                        .layer()
                        .proxies()
                        .map(Proxies::port)
                        .orElse(app.serve().hostPort()));
        json.put("expected_codes", "2xx");
        json.put("interval", settings.checkEvery().toSeconds());
        json.put("timeout", timeout());
        json.put("retries", RETRIES);
        json.put("consecutive_up", check.rise());
        json.put("consecutive_down", FAILURES);
        json.put("follow_redirects", false);
        ObjectNode headers = json.putObject("header");
        headers.putArray("Host").add(check.host().orElse(settings.hostname()));
        headers.putArray("X-Forwarded-Proto").add(check.forwardedProto());
        headers.putArray(Proxies.ALONE).add("1");
        return json;
    }

    /** A region's pool, without its origins. */
    ObjectNode pool(Region region, String monitor) {
        Place place = RegionOrder.place(region);
        ObjectNode json = JSON.objectNode();
        json.put("name", names.pool(region.name()));
        json.put("description", names.description(region.name()));
        json.put("enabled", true);
        json.put("minimum_origins", 1);
        json.put("latitude", place.latitude());
        json.put("longitude", place.longitude());
        json.put("monitor", monitor);
        json.putObject("origin_steering").put("policy", "random");
        return json;
    }

    /** The load balancer, for pools by their region. */
    ObjectNode balancer(Map<RegionName, String> pools) {
        var order = new RegionOrder(app);
        ObjectNode json = JSON.objectNode();
        json.put("name", settings.hostname());
        json.put("description", names.description());
        json.put("enabled", true);
        json.put("proxied", settings.proxied());
        json.set("default_pools", ids(order.usual(), pools));
        json.put("fallback_pool", pools.get(app.primary()));
        json.put("steering_policy", settings.steering() == Steering.GEO ? "geo" : "proximity");
        json.set("region_pools", regionPools(order, pools));
        json.put("session_affinity", affinity());
        json.set("session_affinity_attributes", attributes());
        json.putObject("adaptive_routing").put("failover_across_pools", settings.proxied());
        if (!settings.proxied()) {
            json.put("ttl", TTL.toSeconds());
        }
        return json;
    }

    private JsonNode regionPools(RegionOrder order, Map<RegionName, String> pools) {
        ObjectNode json = JSON.objectNode();
        if (settings.steering() == Steering.GEO) {
            for (WorldRegion world : WorldRegion.values()) {
                json.set(world.name(), ids(order.from(world.place()), pools));
            }
        }
        return json;
    }

    private String affinity() {
        if (app.traffic().stickyCookie().isEmpty()) {
            return "none";
        }
        return switch (settings.affinity()) {
            case COOKIE -> "cookie";
            case IP_COOKIE -> "ip_cookie";
            case HEADER -> "header";
        };
    }

    /** A request that could not be delivered goes to another origin ("zero-downtime failover"). */
    private JsonNode attributes() {
        ObjectNode json = JSON.objectNode();
        json.put("drain_duration", seconds(app.rollout().drain()));
        json.put("zero_downtime_failover", settings.proxied() ? "temporary" : "none");
        if (affinity().equals("header")) {
            json.putArray("headers")
                    .add("cookie:" + app.traffic().stickyCookie().orElseThrow());
        }
        return json;
    }

    private static ArrayNode ids(List<RegionName> regions, Map<RegionName, String> pools) {
        ArrayNode ids = JSON.arrayNode();
        regions.forEach(region -> ids.add(pools.get(region)));
        return ids;
    }

    /** Whole seconds, as the API has them, at least one. */
    private long timeout() {
        return seconds(app.serve().health().timeout());
    }

    private static long seconds(Duration duration) {
        return Math.max(1, (duration.toMillis() + 999) / 1000);
    }
}
