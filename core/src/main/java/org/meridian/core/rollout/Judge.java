package org.meridian.core.rollout;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/**
 * Watches the regions that already serve the new release, and fails when the edge or the probe says that it does not
 * work there.
 */
final class Judge {
    private static final Duration LOOK_EVERY = Duration.ofMillis(400);
    private static final int PROBES_MAY_FAIL = 1;

    private final World world;
    private final Plan plan;
    private final Probing probing;
    private final Approval approval;
    private final EdgeView edge;

    Judge(World world, Plan plan, Probing probing, Approval approval) {
        this.world = world;
        this.plan = plan;
        this.probing = probing;
        this.approval = approval;
        this.edge = new EdgeView(world);
    }

    /** Watches regions whose users are all on the new release, for so long; returns when all is well. */
    void watch(Collection<RegionPlan> regions, Duration howLong) throws InterruptedException {
        watch(regions, howLong, true);
    }

    /** Watches a region some of whose users are on the former release: which one a failed probe met, nobody knows. */
    void watchShared(RegionPlan region, Duration howLong) throws InterruptedException {
        watch(List.of(region), howLong, false);
    }

    private void watch(Collection<RegionPlan> regions, Duration howLong, boolean probesTell)
            throws InterruptedException {
        List<RegionName> names = regions.stream().map(RegionPlan::name).toList();
        Probing.Mark mark = probing.mark();
        Stopwatch watch = Stopwatch.start(world.time());
        while (watch.elapsed().compareTo(howLong) < 0) {
            world.time().sleep(LOOK_EVERY);
            approval.requireNotAborted();
            if (probesTell) {
                requireProbesGood(names, mark);
            }
            requireHealthy(regions);
        }
    }

    /** Looks once more at these regions; a server that the edge sees unhealthy for longer than a moment fails it. */
    void requireHealthy(Collection<RegionPlan> regions) throws InterruptedException {
        for (RegionPlan region : regions) {
            if (!edge.notHealthy(region).isEmpty() && !recovers(region)) {
                throw Failure.of(unhealthy(region, edge.notHealthy(region)));
            }
        }
    }

    /** An edge that restarts, or one lost check, is not the release's fault: only what lasts is. */
    private boolean recovers(RegionPlan region) throws InterruptedException {
        HealthCheck check = plan.target().content().serve().health();
        Duration moment = check.interval().multipliedBy(check.rise() + 1L).plusSeconds(2);
        return new Wait("the edge to see " + region.name() + " healthy again", moment, LOOK_EVERY)
                .holdsInTime(world, region.name(), () -> edge.notHealthy(region).isEmpty());
    }

    private void requireProbesGood(List<RegionName> regions, Probing.Mark mark) {
        for (RegionName region : regions) {
            if (probing.blamedSince(mark, region) > PROBES_MAY_FAIL) {
                throw Failure.of(Diagnostic.of(
                        "probe-failed",
                        region + ": requests to the public address fail since "
                                + plan.target().id() + " takes traffic there: " + probing.lastBlame(region),
                        "See the app's logs of that time, fix the app, then deploy again."));
            }
        }
    }

    private Diagnostic unhealthy(RegionPlan region, List<ServerName> servers) {
        return Diagnostic.of(
                "region-unhealthy",
                region.name() + ": the edge no longer sees " + servers + " healthy",
                "See whether the servers run and the edge reaches them, then deploy again.");
    }
}
