package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How to tell whether an origin is fit to serve.
 *
 * @param path     the path requested; any 2xx answer is healthy
 * @param interval between two checks
 * @param timeout  of one check
 * @param rise     how many good answers in a row make a server healthy; 1 or greater
 * @param within   how long a new server may take to become healthy
 * @param host     the host name that is asked for, where it is not the one that the checker would send by itself
 * @param proto    what the request says that users speak, {@code http} or {@code https}; empty for https
 */
public record HealthCheck(
        String path,
        Duration interval,
        Duration timeout,
        int rise,
        Duration within,
        Optional<String> host,
        Optional<String> proto) {
    /** A check of an app that answers to any name. */
    public HealthCheck(String path, Duration interval, Duration timeout, int rise, Duration within) {
        this(path, interval, timeout, rise, within, Optional.empty(), Optional.empty());
    }

    /** Checks the ranges; throws IllegalArgumentException outside them. */
    public HealthCheck {
        requireNonNull(path, "path is null");
        requireNonNull(interval, "interval is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(within, "within is null");
        requireNonNull(host, "host is null");
        requireNonNull(proto, "proto is null");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a health path starts with /, unlike '" + path + "'");
        }
        if (rise < 1) {
            throw new IllegalArgumentException("rise is 1 or greater, not " + rise);
        }
    }

    /** What the header {@code X-Forwarded-Proto} says: an app that redirects http to https would never be healthy without. */
    public String forwardedProto() {
        return proto.orElse("https");
    }
}
