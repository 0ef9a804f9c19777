package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which traffic layer steers users, and how.
 *
 * @param layer        what steers them
 * @param stickyCookie the cookie that keeps a user on one origin; empty for none
 * @param answerWithin how long the app may take to begin an answer; an answer that has begun may then be silent for longer
 * @param hosts        the names that users ask for; empty where the app has all requests that come to its machines
 * @param senders      addresses and ranges in CIDR form of what stands before the layer and begins each connection with the PROXY protocol
 */
public record TrafficSettings(
        TrafficLayer layer,
        Optional<String> stickyCookie,
        Duration answerWithin,
        List<String> hosts,
        List<String> senders) {
    /** How long an app may take to begin an answer where nothing is configured. */
    public static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);

    /** Checks that no part is null. */
    public TrafficSettings {
        requireNonNull(layer, "layer is null");
        requireNonNull(stickyCookie, "stickyCookie is null");
        requireNonNull(answerWithin, "answerWithin is null");
        hosts = List.copyOf(hosts);
        senders = List.copyOf(senders);
    }

    /** Of an app that has all requests. */
    public TrafficSettings(TrafficLayer layer, Optional<String> stickyCookie, Duration answerWithin) {
        this(layer, stickyCookie, answerWithin, List.of(), List.of());
    }

    /** With the usual time for answers. */
    public TrafficSettings(TrafficLayer layer, Optional<String> stickyCookie) {
        this(layer, stickyCookie, ANSWER_WITHIN);
    }

    /** HAProxy on this machine's 127.0.0.1, at that port. */
    public static TrafficSettings here(int port, Optional<String> stickyCookie) {
        return new TrafficSettings(new TrafficLayer.Here(port), stickyCookie);
    }

    /** The name that users ask for, the first of several, where it is known. */
    public Optional<String> hostname() {
        return switch (layer) {
            case TrafficLayer.Dns dns -> Optional.of(dns.hostname());
            case TrafficLayer.Cloudflare edge -> Optional.of(edge.settings().hostname());
            case TrafficLayer.Here here -> Optional.empty();
            case TrafficLayer.Machines machines -> hosts.stream().findFirst();
        };
    }

    /** How Cloudflare does it, where that is the layer. */
    public Optional<CloudflareSettings> cloudflare() {
        return layer instanceof TrafficLayer.Cloudflare edge ? Optional.of(edge.settings()) : Optional.empty();
    }
}
