package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How an app's records are kept at Cloudflare as its machines are.
 *
 * @param zone the zone's name; empty to find it from each of the app's names
 * @param ttl  how long resolvers may keep what a record says; whole seconds, 1 min to an hour
 * @param api  the base address of Cloudflare's API, or of what stands in for it or before it
 */
public record DnsRecordSettings(Optional<String> zone, Duration ttl, URI api) {
    /** The shortest that every zone at Cloudflare takes (Cloudflare DNS documentation, "Time to Live"). */
    public static final Duration SHORTEST_TTL = Duration.ofMinutes(1);

    /** What a rollout can be expected to wait when a machine leaves. */
    public static final Duration LONGEST_TTL = Duration.ofHours(1);

    /** Checks the parts; throws IllegalArgumentException where the TTL is outside its range. */
    public DnsRecordSettings {
        requireNonNull(zone, "zone is null");
        requireNonNull(api, "api is null");
        if (ttl.compareTo(SHORTEST_TTL) < 0 || ttl.compareTo(LONGEST_TTL) > 0) {
            throw new IllegalArgumentException("a TTL is 1 min to an hour, not " + ttl);
        }
    }
}
