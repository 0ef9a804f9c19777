package org.meridian.core.rollout;

import java.time.Duration;
import java.util.List;
import org.meridian.core.canary.CanaryJudge;
import org.meridian.core.canary.Verdict;
import org.meridian.core.canary.Verdict.Decision;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Canary;
import org.meridian.core.model.Canary.WhenTooFew;
import org.meridian.core.plan.RegionPlan;

/** Watches each share of a region's requests that a new release gets, for as long as the judge needs. */
final class CanarySteps {
    private static final int LOOKS_PER_SOAK = 3;

    private final World world;
    private final Canary canary;
    private final Judge watcher;
    private final RegionPlan region;
    private final CanaryJudge judge;

    CanarySteps(World world, Canary canary, Judge watcher, RegionPlan region) {
        this.world = world;
        this.canary = canary;
        this.watcher = watcher;
        this.region = region;
        this.judge = new CanaryJudge(canary, looks(canary));
    }

    /** The shares after the present one and before the last. */
    List<Integer> after(int present) {
        return canary.weights().stream()
                .filter(share -> share < 100 && share > present)
                .toList();
    }

    /** Watches the present share; throws a Failure when the release is worse than is tolerated. */
    void soak(int share) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(world.time());
        CanaryCounts counts = new CanaryCounts(world, region);
        boolean ignored = counts.look();
        Duration pause = canary.soak().dividedBy(LOOKS_PER_SOAK);
        while (true) {
            watch(share, pause);
            if (!counts.look()) {
                // Not known is not nothing: nothing is decided before the source answers.
                continue;
            }
            Verdict verdict = judge.judge(counts.fresh(), counts.former());
            boolean soaked = watch.elapsed().compareTo(canary.soak()) >= 0;
            boolean over = watch.elapsed().compareTo(canary.soakAtMost()) >= 0;
            boolean decided = verdict.decision() != Decision.UNDECIDED;
            if (verdict.decision() == Decision.BAD || (soaked && decided) || over) {
                if (!decided) {
                    counts.requireFreshCounted();
                }
                tell(share, counts, verdict);
                act(verdict, share);
                return;
            }
        }
    }

    private void watch(int share, Duration pause) throws InterruptedException {
        if (share == 100) {
            watcher.watch(List.of(region), pause);
        } else {
            watcher.watchShared(region, pause);
        }
    }

    private void act(Verdict verdict, int share) {
        boolean bad = verdict.decision() == Decision.BAD
                || (verdict.decision() == Decision.UNDECIDED && canary.whenTooFew() == WhenTooFew.ROLL_BACK);
        if (bad) {
            throw Failure.of(Diagnostic.of(
                    "canary-failed",
                    region.name() + ": the new release is not good enough at " + share + " % of the requests: "
                            + verdict.reason(),
                    "See the app's logs of that time, fix the app, then deploy again."));
        }
    }

    private void tell(int share, CanaryCounts counts, Verdict verdict) {
        world.events()
                .emit(new RolloutEvent.Judged(
                        world.time().now(), region.name(), share, counts.fresh(), counts.former(), verdict));
    }

    /** How often the judge is asked at most in one region, which the chance of a false alarm depends on. */
    private static int looks(Canary canary) {
        Duration pause = canary.soak().dividedBy(LOOKS_PER_SOAK);
        long each = pause.isZero() ? 1 : canary.soakAtMost().dividedBy(pause) + 1;
        return (int) Math.min(1_000_000, each * canary.weights().size());
    }
}
