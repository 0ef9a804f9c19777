package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.meridian.core.spi.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The monitors, pools and load balancers of an account with one zone, kept by the rules that Cloudflare's documentation
 * gives: what is refused here is refused there.
 */
final class FakeAccount {
    static final String ACCOUNT = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
    static final String ZONE = "0f9e8d7c6b5a4938271605f4e3d2c1b0";
    static final String ZONE_NAME = "example.com";

    private static final List<String> READ_ONLY = List.of("id", "created_on", "modified_on", "disabled_at");

    private final Map<Kind, Map<String, ObjectNode>> made = new EnumMap<>(Kind.class);
    private final Time time;
    private int count;

    FakeAccount(Time time) {
        this.time = time;
        for (Kind kind : Kind.values()) {
            made.put(kind, new LinkedHashMap<>());
        }
    }

    synchronized List<ObjectNode> all(Kind kind) {
        return of(kind).values().stream().map(ObjectNode::deepCopy).toList();
    }

    synchronized ObjectNode get(Kind kind, String id) {
        @Nullable ObjectNode found = of(kind).get(id);
        if (found == null) {
            throw FakeRefusal.missing();
        }
        return found.deepCopy();
    }

    synchronized boolean has(Kind kind, String id) {
        return of(kind).containsKey(id);
    }

    synchronized ObjectNode make(Kind kind, JsonNode body) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", "%032x".formatted(++count * 1000L + kind.word().length()));
        json.put("created_on", time.now().toString());
        return put(kind, json, body);
    }

    synchronized ObjectNode change(Kind kind, String id, JsonNode fields) {
        return put(kind, get(kind, id), fields);
    }

    synchronized void remove(Kind kind, String id) {
        get(kind, id);
        requireUnused(kind, id);
        of(kind).remove(id);
    }

    /** What a person does in the dashboard. */
    synchronized void byHand(Kind kind, String id, String field, JsonNode value) {
        requireNonNull(of(kind).get(id)).set(field, value);
    }

    private Map<String, ObjectNode> of(Kind kind) {
        return requireNonNull(made.get(kind));
    }

    private ObjectNode put(Kind kind, ObjectNode json, JsonNode fields) {
        ObjectNode before = json.deepCopy();
        fields.properties().stream()
                .filter(field -> !READ_ONLY.contains(field.getKey()))
                .forEach(field -> json.set(field.getKey(), field.getValue().deepCopy()));
        json.put("modified_on", time.now().toString());
        switch (kind) {
            case MONITOR -> checkMonitor(json);
            case POOL -> checkPool(json, before);
            case BALANCER -> checkBalancer(json);
        }
        of(kind).put(json.path("id").asString(), json);
        return json.deepCopy();
    }

    private static void checkMonitor(ObjectNode monitor) {
        long interval = monitor.path("interval").asLong(60);
        require(interval >= 10 && interval <= 3600, "interval must be in range [10, 3600]");
        require(monitor.path("timeout").asLong(5) < interval, "timeout must be less than interval");
    }

    private void checkPool(ObjectNode pool, ObjectNode before) {
        require(pool.path("name").asString("").matches("[A-Za-z0-9_-]+"), "the pool name is not well-formed");
        requireOnly(Kind.POOL, pool);
        require(
                !pool.has("monitor") || has(Kind.MONITOR, pool.path("monitor").asString("")),
                "the monitor does not exist");
        JsonNode origins = pool.path("origins");
        require(!origins.isEmpty(), "the origin list length must be in range [1, 20]");
        Set<String> addresses = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (JsonNode origin : origins) {
            require(addresses.add(origin.path("address").asString("")), "origin addresses must be unique");
            require(names.add(origin.path("name").asString("")), "origin names must be unique");
            finish((ObjectNode) origin, before.path("origins"));
        }
    }

    /** Defaults, and since when an origin is disabled. */
    private void finish(ObjectNode origin, JsonNode before) {
        origin.put("enabled", origin.path("enabled").asBoolean(true));
        origin.putIfAbsent("weight", JsonNodeFactory.instance.numberNode(1));
        origin.remove("disabled_at");
        if (!origin.path("enabled").asBoolean()) {
            String since = StreamSupport.stream(before.spliterator(), false)
                    .filter(was -> was.path("name").equals(origin.path("name")))
                    .map(was -> was.path("disabled_at").asString(""))
                    .filter(was -> !was.isEmpty())
                    .findFirst()
                    .orElse(time.now().toString());
            origin.put("disabled_at", since);
        }
    }

    private void checkBalancer(ObjectNode balancer) {
        String name = balancer.path("name").asString("");
        require(name.endsWith("." + ZONE_NAME) || name.equals(ZONE_NAME), "the name is not in the zone");
        requireOnly(Kind.BALANCER, balancer);
        JsonNode pools = balancer.path("default_pools");
        require(!pools.isEmpty(), "default_pools must not be empty");
        pools.forEach(this::requirePool);
        requirePool(balancer.path("fallback_pool"));
        balancer.path("region_pools").forEach(list -> list.forEach(this::requirePool));
        if (balancer.path("steering_policy").asString("").equals("proximity")) {
            pools.forEach(id -> require(
                    get(Kind.POOL, id.asString()).has("latitude"),
                    "proximity steering needs coordinates of every pool"));
        }
        boolean affinity = !balancer.path("session_affinity").asString("none").equals("none");
        require(!affinity || balancer.path("proxied").asBoolean(false), "session affinity needs a proxied hostname");
    }

    private void requirePool(JsonNode id) {
        require(has(Kind.POOL, id.asString("")), "pool " + id.asString("") + " does not exist");
    }

    private void requireOnly(Kind kind, ObjectNode one) {
        require(
                of(kind).values().stream()
                        .noneMatch(other -> !other.path("id").equals(one.path("id"))
                                && other.path("name").equals(one.path("name"))),
                "the name is taken");
    }

    private void requireUnused(Kind kind, String id) {
        if (kind == Kind.POOL) {
            require(
                    of(Kind.BALANCER).values().stream().noneMatch(balancer -> mentions(balancer, id)),
                    "the pool is referenced by a load balancer");
        }
        if (kind == Kind.MONITOR) {
            require(
                    of(Kind.POOL).values().stream()
                            .noneMatch(pool -> pool.path("monitor").asString("").equals(id)),
                    "the monitor is referenced by a pool");
        }
    }

    private static boolean mentions(ObjectNode balancer, String id) {
        return balancer.toString().contains('"' + id + '"');
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw FakeRefusal.invalid(message);
        }
    }

    /** Whether a disabled origin's sessions may still use it. */
    boolean draining(JsonNode origin, JsonNode balancer) {
        Instant since = Instant.parse(origin.path("disabled_at").asString());
        Duration drain = Duration.ofSeconds(balancer.path("session_affinity_attributes")
                .path("drain_duration")
                .asLong(0));
        return time.now().isBefore(since.plus(drain));
    }

    /** Ids as a list of the API has them. */
    static ArrayNode list(List<ObjectNode> all) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        all.forEach(array::add);
        return array;
    }
}
