package org.meridian.web.world;

import java.util.List;
import java.util.Optional;

/**
 * A region as clients get it.
 *
 * @param name      its name
 * @param provider  who makes its servers
 * @param location  where it is, in the provider's words
 * @param latitude  degrees, north positive; empty when the place is not known
 * @param longitude degrees, east positive; empty when the place is not known
 * @param primary   whether it is the primary
 * @param health    "healthy", "degraded" (fewer origins than wanted), "down", or "empty" (nothing is in traffic)
 * @param fallback  the region that its users are sent to now; empty when they are here
 * @param release   the release that has all of its traffic; empty when none or several do
 * @param available healthy origins in traffic
 * @param wanted    how many there should be
 * @param traffic   what its origins answer
 * @param probe     the last request to the public address from its point of view; empty before the first
 * @param weights   the releases' shares of its traffic
 * @param servers   every server there
 */
public record RegionView(
        String name,
        String provider,
        String location,
        Optional<Double> latitude,
        Optional<Double> longitude,
        boolean primary,
        String health,
        Optional<String> fallback,
        Optional<String> release,
        int available,
        int wanted,
        TrafficView traffic,
        Optional<Probe> probe,
        List<Share> weights,
        List<ServerView> servers) {
    /** Copies the lists. */
    public RegionView {
        weights = List.copyOf(weights);
        servers = List.copyOf(servers);
    }

    /** What a probe got, in so many milliseconds. */
    public record Probe(boolean ok, long ms, String detail) {}

    /** A release's share of a region's traffic. */
    public record Share(String release, int percent) {}
}
