package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Which traffic layer steers users, and how.
 *
 * @param driver       such as {@code haproxy}
 * @param port         where the local edge listens on 127.0.0.1
 * @param stickyCookie the cookie that keeps a user on one origin; empty for none
 * @param cloudflare   how Cloudflare does it, where it is the driver
 * @param answerWithin how long the app may take to begin an answer; an answer that has begun may then be silent for longer
 */
public record TrafficSettings(
        String driver,
        int port,
        Optional<String> stickyCookie,
        Optional<CloudflareSettings> cloudflare,
        Duration answerWithin) {
    /** How long an app may take to begin an answer where nothing is configured. */
    public static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);

    /** Checks the port; throws IllegalArgumentException outside 1 to 65535. */
    public TrafficSettings {
        requireNonNull(driver, "driver is null");
        requireNonNull(stickyCookie, "stickyCookie is null");
        requireNonNull(cloudflare, "cloudflare is null");
        requireNonNull(answerWithin, "answerWithin is null");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }

    /** A traffic layer that needs no more than that. */
    public TrafficSettings(String driver, int port, Optional<String> stickyCookie) {
        this(driver, port, stickyCookie, Optional.empty());
    }

    /** With the usual time for answers. */
    public TrafficSettings(
            String driver, int port, Optional<String> stickyCookie, Optional<CloudflareSettings> cloudflare) {
        this(driver, port, stickyCookie, cloudflare, ANSWER_WITHIN);
    }
}
