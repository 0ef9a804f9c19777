package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a person says to a rollout that is under way, perhaps from another machine.
 *
 * @param rollout the rollout's number
 * @param verdict what is to be done
 * @param who     user and host
 * @param at      when it was said
 */
public record Answer(int rollout, Verdict verdict, String who, Instant at) {
    /** Checks that no part is null. */
    public Answer {
        requireNonNull(verdict, "verdict is null");
        requireNonNull(who, "who is null");
        requireNonNull(at, "at is null");
    }

    /** What is to be done. */
    public enum Verdict {
        /** The primary may move. */
        PROMOTE,
        /** Everything goes back. */
        ABORT
    }
}
