package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long Cloudflare's API is waited for.
 *
 * @param connect  for a connection
 * @param answer   for one answer, from its request's first byte
 * @param mishaps  in all, asking again after answers of 5xx and none, for one call
 * @param quota    in all, when Cloudflare limits the rate, for one call; Cloudflare's own limit lasts five minutes
 */
record Patience(Duration connect, Duration answer, Duration mishaps, Duration quota) {
    /** What suits a rollout. */
    static final Patience USUAL =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(6));

    /** What suits a look that a person waits for. */
    static final Patience SHORT =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ZERO);

    Patience {
        requireNonNull(connect, "connect is null");
        requireNonNull(answer, "answer is null");
        requireNonNull(mishaps, "mishaps is null");
        requireNonNull(quota, "quota is null");
    }
}
