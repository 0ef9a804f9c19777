package org.meridian.core.canary;

/**
 * Decides whether too large a share of the new release's requests are bad ones: by more than is tolerated, and by more
 * than the former release's.
 *
 * <p>Both are tested, each exactly: the first against the binomial distribution, the second as Fisher does. A release
 * that is at fault has to fail both, so one that is no worse than it may be, or no worse than the former, is called
 * worse with at most the given probability, whichever of the two it is.
 */
final class ShareTest {
    /** Below this probability a count casts doubt, and more requests are wanted before it is called good. */
    private static final double DOUBT = 0.01;

    /** A release this much above what is tolerated has to be found in every second case, or the requests are too few. */
    private static final double GROSS = 0.2;

    private final double tolerated;
    private final double falseAlarm;
    private final int minRequests;

    /**
     * A test.
     *
     * @param tolerated   the share that is tolerated, 0 to 1
     * @param falseAlarm  how likely a release that is not at fault may be called worse
     * @param minRequests how many requests a release must have answered to be judged, or to be compared with
     */
    ShareTest(double tolerated, double falseAlarm, int minRequests) {
        this.tolerated = tolerated;
        this.falseAlarm = falseAlarm;
        this.minRequests = minRequests;
    }

    /** What can be said of the new release beside the former. */
    Finding find(Share fresh, Share former) {
        if (tooFew(fresh)) {
            return Finding.TOO_FEW;
        }
        double byChance = Tail.binomial(fresh.some(), fresh.all(), tolerated);
        if (byChance > DOUBT) {
            return Finding.WITHIN;
        }
        if (!comparable(former)) {
            return byChance <= falseAlarm ? Finding.WORSE : Finding.DOUBTFUL;
        }
        double asFormer = Tail.hypergeometric(
                fresh.some(), fresh.all(), fresh.some() + former.some(), fresh.all() + former.all());
        if (byChance <= falseAlarm && asFormer <= falseAlarm) {
            return Finding.WORSE;
        }
        return former.rate() > tolerated && asFormer > DOUBT ? Finding.SHARED : Finding.DOUBTFUL;
    }

    /** Whether the former release answered enough to be compared with. */
    boolean comparable(Share former) {
        return former.all() >= Math.max(1, minRequests);
    }

    private boolean tooFew(Share fresh) {
        if (fresh.all() < Math.max(1, minRequests)) {
            return true;
        }
        if (tolerated >= 1) {
            return false;
        }
        long gross = (long) Math.floor(fresh.all() * Math.min(1, tolerated + GROSS));
        return Tail.binomial(gross, fresh.all(), tolerated) > falseAlarm;
    }

    /** What can be said. */
    enum Finding {
        /** Requests are too few to tell. */
        TOO_FEW,
        /** No more than is tolerated, as far as can be told. */
        WITHIN,
        /** More than is tolerated, but the former release is as bad. */
        SHARED,
        /** It may be more than is tolerated, and more requests will tell. */
        DOUBTFUL,
        /** More than is tolerated, and more than the former release's. */
        WORSE
    }
}
