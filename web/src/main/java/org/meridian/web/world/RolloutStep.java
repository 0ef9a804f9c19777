package org.meridian.web.world;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A step of a rollout, whoever carries it out, as clients get it.
 *
 * @param rollout the rollout's number
 * @param kind    such as {@code started}, {@code act}, {@code canary}, {@code finished}
 * @param at      when
 * @param region  where; empty when it concerns all regions
 * @param summary one line for a person
 */
public record RolloutStep(int rollout, String kind, Instant at, Optional<String> region, String summary) {
    /** Checks that no part is null. */
    public RolloutStep {
        requireNonNull(kind, "kind is null");
        requireNonNull(at, "at is null");
        requireNonNull(region, "region is null");
        requireNonNull(summary, "summary is null");
    }
}
