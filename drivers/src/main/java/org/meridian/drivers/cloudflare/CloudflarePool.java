package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A pool of ours as it was read.
 *
 * @param id      Cloudflare's id
 * @param region  the region it is for
 * @param origins its origins
 * @param json    all of it
 * @param readAt  when, by Cloudflare's clock
 */
record CloudflarePool(String id, RegionName region, List<CloudflareOrigin> origins, JsonNode json, Instant readAt) {
    /** What clocks of a whole second may be off. */
    private static final Duration CLOCK = Duration.ofSeconds(1);

    CloudflarePool {
        requireNonNull(id, "id is null");
        requireNonNull(region, "region is null");
        requireNonNull(json, "json is null");
        requireNonNull(readAt, "readAt is null");
        origins = List.copyOf(origins);
    }

    static CloudflarePool of(JsonNode json, RegionName region, Instant readAt) {
        return new CloudflarePool(
                json.path("id").asString(""),
                region,
                StreamSupport.stream(json.path("origins").spliterator(), false)
                        .flatMap(origin -> CloudflareOrigin.of(origin).stream())
                        .toList(),
                json,
                readAt);
    }

    /** The origins as they are written. */
    static ArrayNode written(List<CloudflareOrigin> origins) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        origins.forEach(origin -> array.add(origin.json()));
        return array.isEmpty() ? array.add(CloudflareOrigin.nobody()) : array;
    }

    /** Whether it has exactly these origins as they are. */
    boolean has(List<CloudflareOrigin> wanted) {
        return asSet(origins).equals(asSet(wanted));
    }

    Optional<CloudflareOrigin> origin(ServerName server) {
        return origins.stream().filter(origin -> origin.server().equals(server)).findFirst();
    }

    /**
     * The pool as the model has it.
     *
     * @param health what the checks found
     * @param drain  how long what is disabled may still be answering
     */
    Pool seen(PoolHealth health, Duration drain) {
        return new Pool(
                region,
                origins.stream()
                        .map(origin -> new Origin(
                                origin.server(),
                                origin.address().toString(),
                                origin.weight(),
                                !origin.enabled(),
                                health.of(origin),
                                mayAnswer(origin, drain) ? 1 : 0))
                        .toList());
    }

    private static Set<JsonNode> asSet(List<CloudflareOrigin> origins) {
        return origins.stream().map(CloudflareOrigin::json).collect(Collectors.toSet());
    }

    /**
     * Cloudflare counts no requests; what was disabled less than a drain ago may still have some. By Cloudflare's clock alone,
     * which tells whole seconds: with ours beside it, what has none might seem to have some again at the next look.
     */
    private boolean mayAnswer(CloudflareOrigin origin, Duration drain) {
        @Nullable Instant since = origin.disabledAt();
        return !origin.enabled()
                && since != null
                && readAt.isBefore(since.plus(drain).plus(CLOCK));
    }
}
