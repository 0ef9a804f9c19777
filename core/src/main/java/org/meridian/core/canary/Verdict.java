package org.meridian.core.canary;

import static java.util.Objects.requireNonNull;

/**
 * What a judge says.
 *
 * @param decision the decision
 * @param reason   why, in one sentence with the figures
 */
public record Verdict(Decision decision, String reason) {
    /** Checks that no part is null. */
    public Verdict {
        requireNonNull(decision, "decision is null");
        requireNonNull(reason, "reason is null");
    }

    /** Decisions. */
    public enum Decision {
        /** Enough was seen and nothing speaks against the release. */
        GOOD,
        /** The release is worse than is tolerated. */
        BAD,
        /** Too little was seen for either. */
        UNDECIDED
    }
}
