package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What the journal says of one act: that it is intended, or how it ended.
 *
 * @param rollout the rollout's number
 * @param number  the act's number within the run that wrote it; its intent and its outcome have the same
 * @param token   the fencing token under which it was written
 * @param at      when it was written, by the deployer's clock
 * @param act     the act
 * @param state   whether it is intended or how it ended
 * @param problem why it failed; empty otherwise
 */
public record JournalEntry(
        int rollout, int number, long token, Instant at, Act act, State state, Optional<String> problem) {
    /** Checks that no part is null. */
    public JournalEntry {
        requireNonNull(at, "at is null");
        requireNonNull(act, "act is null");
        requireNonNull(state, "state is null");
        requireNonNull(problem, "problem is null");
    }

    /** How far an act is. */
    public enum State {
        /** It is about to happen; without a later entry nobody knows whether it did. */
        INTENDED,
        /** It happened. */
        DONE,
        /** It failed, entirely or in part. */
        FAILED
    }
}
