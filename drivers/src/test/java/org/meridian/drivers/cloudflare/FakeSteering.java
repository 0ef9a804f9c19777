package org.meridian.drivers.cloudflare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.meridian.core.geography.Place;
import org.meridian.core.geography.Places;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which origin answers a user, by what the documentation says of proximity and geo steering, session affinity,
 * endpoint drain, health thresholds and fallback pools.
 */
final class FakeSteering {
    private static final double GOLDEN = 0.618_033_988_749_895;

    /** Where Cloudflare counts some countries (documentation of geo steering's regions). */
    private static final Map<String, String> WORLD = Map.of(
            "MX", "WNAM", "US", "WNAM", "FR", "WEU", "DE", "WEU", "AU", "OC", "JP", "NEAS", "SG", "SEAS", "BR", "SSAM");

    private final FakeAccount account;
    private final FakeChecks checks;
    private final AtomicLong turn = new AtomicLong();

    FakeSteering(FakeAccount account, FakeChecks checks) {
        this.account = account;
        this.checks = checks;
    }

    /** An origin for a request; the session is one that the user is told of, where it is new. */
    record Choice(String pool, String origin, String address, Optional<String> newSession) {}

    Optional<Choice> choose(Optional<String> country, Optional<String> session) {
        Optional<ObjectNode> balancer = balancer();
        if (balancer.isEmpty()) {
            return Optional.empty();
        }
        boolean sticky =
                balancer.get().path("session_affinity").asString("none").equals("cookie");
        Optional<Choice> kept = sticky ? session.flatMap(value -> kept(balancer.get(), value)) : Optional.empty();
        return kept.or(() -> fresh(balancer.get(), country, sticky, Optional.empty()));
    }

    /** Another origin, once, for a request that could not be delivered. */
    Optional<Choice> failover(Optional<String> country, Choice failed) {
        return balancer()
                .filter(balancer -> !balancer.path("session_affinity_attributes")
                        .path("zero_downtime_failover")
                        .asString("none")
                        .equals("none"))
                .flatMap(balancer -> fresh(balancer, country, false, Optional.of(failed.origin())));
    }

    private Optional<ObjectNode> balancer() {
        return account.all(Kind.BALANCER).stream()
                .filter(one -> one.path("enabled").asBoolean(true))
                .findFirst();
    }

    /** Affinity beats weight; it ends where the origin is unhealthy, or disabled and its drain is over. */
    private Optional<Choice> kept(ObjectNode balancer, String session) {
        String[] parts = session.split("\\.", 2);
        if (parts.length < 2 || !account.has(Kind.POOL, parts[0])) {
            return Optional.empty();
        }
        return account.get(Kind.POOL, parts[0])
                .path("origins")
                .valueStream()
                .filter(origin -> origin.path("name").asString().equals(parts[1]))
                .filter(origin -> origin.path("enabled").asBoolean()
                        ? checks.healthy(parts[0], origin)
                        : account.draining(origin, balancer))
                .findFirst()
                .map(origin -> choice(parts[0], origin, false));
    }

    private Optional<Choice> fresh(
            ObjectNode balancer, Optional<String> country, boolean sticky, Optional<String> except) {
        for (String id : order(balancer, country)) {
            ObjectNode pool = account.get(Kind.POOL, id);
            List<JsonNode> healthy = pool.path("origins")
                    .valueStream()
                    .filter(origin -> origin.path("enabled").asBoolean() && checks.healthy(id, origin))
                    .filter(origin ->
                            !except.equals(Optional.of(origin.path("name").asString())))
                    .toList();
            boolean enough = healthy.size() >= pool.path("minimum_origins").asInt(1);
            Optional<JsonNode> origin = enough ? byWeight(healthy) : Optional.empty();
            if (origin.isPresent()) {
                return origin.map(one -> choice(id, one, sticky));
            }
        }
        return fallback(balancer, sticky);
    }

    /** The fallback pool's health is ignored. */
    private Optional<Choice> fallback(ObjectNode balancer, boolean sticky) {
        String id = balancer.path("fallback_pool").asString();
        List<JsonNode> enabled = account.get(Kind.POOL, id)
                .path("origins")
                .valueStream()
                .filter(origin -> origin.path("enabled").asBoolean())
                .toList();
        return byWeight(enabled).map(origin -> choice(id, origin, sticky));
    }

    private List<String> order(ObjectNode balancer, Optional<String> country) {
        List<String> pools = new ArrayList<>(balancer.path("default_pools")
                .valueStream()
                .map(id -> id.asString())
                .toList());
        boolean geo = balancer.path("steering_policy").asString("").equals("geo");
        Optional<Place> user = country.flatMap(Places::find);
        if (geo) {
            JsonNode list = balancer.path("region_pools")
                    .path(country.flatMap(code -> Optional.ofNullable(WORLD.get(code)))
                            .orElse("none"));
            return list.isEmpty()
                    ? pools
                    : list.valueStream().map(id -> id.asString()).toList();
        }
        user.ifPresent(place -> pools.sort(Comparator.comparingDouble(id -> distance(place, id))));
        return pools;
    }

    private double distance(Place user, String id) {
        ObjectNode pool = account.get(Kind.POOL, id);
        return Places.distanceKm(
                user,
                new Place(
                        "pool",
                        "",
                        pool.path("latitude").asDouble(),
                        pool.path("longitude").asDouble()));
    }

    /** In proportion to the weights, evenly spread rather than by chance, so that tests may count. */
    private Optional<JsonNode> byWeight(List<JsonNode> origins) {
        double sum = origins.stream()
                .mapToDouble(origin -> origin.path("weight").asDouble())
                .sum();
        double at = (turn.incrementAndGet() * GOLDEN) % 1 * sum;
        for (JsonNode origin : origins) {
            at -= origin.path("weight").asDouble();
            if (at < 0) {
                return Optional.of(origin);
            }
        }
        return Optional.empty();
    }

    private static Choice choice(String pool, JsonNode origin, boolean sticky) {
        String name = origin.path("name").asString();
        return new Choice(
                pool,
                name,
                origin.path("address").asString() + ":" + origin.path("port").asInt(80),
                sticky ? Optional.of(pool + "." + name) : Optional.empty());
    }
}
