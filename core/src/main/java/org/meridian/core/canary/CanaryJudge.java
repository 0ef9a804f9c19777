package org.meridian.core.canary;

import static java.util.Objects.requireNonNull;

import org.meridian.core.model.Canary;

/** Decides from samples whether a new release is worse than is tolerated. */
public final class CanaryJudge {
    private final Canary settings;

    /**
     * Judges by these settings.
     *
     * @param settings what is tolerated
     * @param looks    how often it will be asked at most during one rollout of one region
     */
    public CanaryJudge(Canary settings, int looks) {
        this.settings = requireNonNull(settings, "settings is null");
        if (looks < 1) {
            throw new IllegalArgumentException("looks is " + looks);
        }
    }

    /** Compares what the new release answered with what the former one answered in the same window. */
    public Verdict judge(Sample fresh, Sample former) {
        boolean enough = fresh.requests() >= settings.minRequests();
        boolean bad = enough && fresh.errors() > fresh.requests() * settings.maxErrorRate() && former.errors() == 0;
        return new Verdict(
                bad ? Verdict.Decision.BAD : enough ? Verdict.Decision.GOOD : Verdict.Decision.UNDECIDED,
                fresh.errors() + " of " + fresh.requests() + " failed");
    }
}
