package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How Cloudflare's load balancing steers an app's traffic.
 *
 * @param hostname   the app's public name, such as {@code journal.example.com}
 * @param zone       the zone's name; empty to find it from the hostname
 * @param account    the account's id; empty for the account that the zone belongs to
 * @param steering   how a user's region is chosen
 * @param affinity   how a session is recognised, where the app has sticky sessions
 * @param proxied    whether requests go through Cloudflare; otherwise it only answers DNS
 * @param checkEvery between two health checks of a server; whole seconds, 10 s to an hour
 * @param api        the base address of Cloudflare's API, or of what stands in for it or before it
 */
public record CloudflareSettings(
        String hostname,
        Optional<String> zone,
        Optional<String> account,
        Steering steering,
        Affinity affinity,
        boolean proxied,
        Duration checkEvery,
        URI api) {
    /** Where Cloudflare's API is, version 4 (Cloudflare API documentation). */
    public static final URI API = URI.create("https://api.cloudflare.com/client/v4");

    /** The addresses that Cloudflare's requests to origins come from (https://www.cloudflare.com/ips, as of 2025). */
    public static final List<String> ADDRESSES = List.of(
            "173.245.48.0/20",
            "103.21.244.0/22",
            "103.22.200.0/22",
            "103.31.4.0/22",
            "141.101.64.0/18",
            "108.162.192.0/18",
            "190.93.240.0/20",
            "188.114.96.0/20",
            "197.234.240.0/22",
            "198.41.128.0/17",
            "162.158.0.0/15",
            "104.16.0.0/13",
            "104.24.0.0/14",
            "172.64.0.0/13",
            "131.0.72.0/22",
            "2400:cb00::/32",
            "2606:4700::/32",
            "2803:f800::/32",
            "2405:b500::/32",
            "2405:8100::/32",
            "2a06:98c0::/29",
            "2c0f:f248::/32");

    /** The shortest time between checks that every plan with load balancing takes (Cloudflare's table of limitations). */
    public static final Duration CHECK_EVERY = Duration.ofSeconds(15);

    /** Checks that no part is null. */
    public CloudflareSettings {
        requireNonNull(hostname, "hostname is null");
        requireNonNull(zone, "zone is null");
        requireNonNull(account, "account is null");
        requireNonNull(steering, "steering is null");
        requireNonNull(affinity, "affinity is null");
        requireNonNull(checkEvery, "checkEvery is null");
        requireNonNull(api, "api is null");
    }

    /** What is usual: the nearest region, Cloudflare's own cookie, proxied. */
    public CloudflareSettings(String hostname) {
        this(hostname, Optional.empty(), Optional.empty(), Steering.PROXIMITY, Affinity.COOKIE, true, CHECK_EVERY, API);
    }

    /** How a user's region is chosen. */
    public enum Steering {
        /** The pool nearest to the user by coordinates, then the next nearest. */
        PROXIMITY,
        /** By Cloudflare's regions of the world: the nearest pool to each, then the primary. */
        GEO
    }

    /** How Cloudflare recognises a session. */
    public enum Affinity {
        /** By a cookie that Cloudflare sets for every user. */
        COOKIE,
        /** The same, with the user's address deciding the first choice. */
        IP_COOKIE,
        /** By the value of the app's own cookie. */
        HEADER
    }
}
