package org.meridian.core.canary;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meridian.core.canary.ShareTest.Finding;
import org.meridian.core.canary.Verdict.Decision;
import org.meridian.core.model.Canary;

/**
 * Decides from samples whether a new release is worse than is tolerated and worse than the former one.
 *
 * <p>A release that does not fail more than is tolerated, or not more than the former one in the same window, is called
 * bad with a probability of at most {@link #FALSE_ALARM} in one rollout of one region, however its requests fall, as
 * long as they fail independently of each other. That probability is shared out in equal parts over all looks and over
 * the tests of each (docs/canary.md, docs/decisions/0010). Nothing is kept between looks.
 */
public final class CanaryJudge {
    /** The probability at most with which a release that is not at fault is called bad, in one rollout of one region. */
    public static final double FALSE_ALARM = 0.001;

    /** What the 95th percentile leaves. */
    private static final double SLOW = 0.05;

    private final Canary settings;
    private final ShareTest errors;
    private final ShareTest slow;

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
        int tests = settings.maxP95().isPresent() ? 2 : 1;
        double each = FALSE_ALARM / looks / tests;
        this.errors = new ShareTest(settings.maxErrorRate(), each, settings.minRequests());
        this.slow = new ShareTest(SLOW, each, settings.minRequests());
    }

    /** Compares what the new release answered with what the former one answered in the same window. */
    public Verdict judge(Sample fresh, Sample former) {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(
                failing(new Share(fresh.errors(), fresh.requests()), new Share(former.errors(), former.requests())));
        settings.maxP95().ifPresent(limit -> verdicts.add(slowness(limit, fresh, former)));
        return together(verdicts);
    }

    private Verdict failing(Share fresh, Share former) {
        Finding finding = errors.find(fresh, former);
        String rule = "at most " + Wording.percent(settings.maxErrorRate()) + " is tolerated";
        return verdict(finding, errors, former, Wording.compared(fresh, former, "failed") + "; " + rule);
    }

    /** Counts by the nearest bound at or above the limit, so that what is within the limit never counts as slow. */
    private Verdict slowness(Duration limit, Sample fresh, Sample former) {
        Optional<Duration> bound =
                fresh.latencies().tailMap(limit).keySet().stream().findFirst();
        if (bound.isEmpty()) {
            return new Verdict(Decision.UNDECIDED, "no latency of " + Wording.time(limit) + " or more is counted");
        }
        Share before = above(bound.get(), former);
        Share now = above(bound.get(), fresh);
        String what = "took longer than " + Wording.time(bound.get());
        String rule = "at most " + Wording.percent(SLOW) + " may take longer than " + Wording.time(limit);
        return verdict(slow.find(now, before), slow, before, Wording.compared(now, before, what) + "; " + rule);
    }

    /** A release whose latencies are not counted by this bound can't be compared: it counts as having answered nothing. */
    private static Share above(Duration bound, Sample sample) {
        Long within = sample.latencies().get(bound);
        return within == null ? new Share(0, 0) : new Share(Math.max(0, sample.requests() - within), sample.requests());
    }

    private Verdict verdict(Finding finding, ShareTest test, Share former, String figures) {
        return switch (finding) {
            case TOO_FEW -> new Verdict(Decision.UNDECIDED, figures + "; these are too few to tell");
            case DOUBTFUL ->
                new Verdict(Decision.UNDECIDED, figures + "; more requests will tell whether that is chance");
            case SHARED -> new Verdict(Decision.GOOD, figures + "; the former release is no better");
            case WITHIN -> new Verdict(Decision.GOOD, figures);
            case WORSE ->
                new Verdict(
                        Decision.BAD,
                        former.all() > 0 && !test.comparable(former)
                                ? figures + "; the former release answered too few to compare with"
                                : figures);
        };
    }

    /** The worst decision, with the reasons of all tests that came to it. */
    private static Verdict together(List<Verdict> verdicts) {
        Decision worst = List.of(Decision.BAD, Decision.UNDECIDED, Decision.GOOD).stream()
                .filter(decision -> verdicts.stream().anyMatch(verdict -> verdict.decision() == decision))
                .findFirst()
                .orElseThrow();
        List<String> reasons = verdicts.stream()
                .filter(verdict -> verdict.decision() == worst)
                .map(Verdict::reason)
                .toList();
        return new Verdict(worst, String.join("; ", reasons));
    }
}
