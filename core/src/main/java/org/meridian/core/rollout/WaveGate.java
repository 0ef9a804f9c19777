package org.meridian.core.rollout;

import java.time.Duration;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.RegionName;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/**
 * What must hold before a wave of a deploy may shift: the primary can carry the others' users, and before the primary itself
 * moves, every other region serves the new release and is healthy.
 */
final class WaveGate {
    private static final Duration RECOVER_WITHIN = Duration.ofSeconds(10);

    private final World world;
    private final Plan plan;
    private final EdgeView edge;
    private final long healthyAtFirst;

    private WaveGate(World world, Plan plan, long healthyAtFirst) {
        this.world = world;
        this.plan = plan;
        this.edge = new EdgeView(world);
        this.healthyAtFirst = healthyAtFirst;
    }

    /** The gate of a rollout that begins now: a primary that is short of healthy servers already may be what it fixes. */
    static WaveGate atTheBeginning(World world, Plan plan) throws InterruptedException {
        return new WaveGate(world, plan, healthy(new EdgeView(world).pool(plan.primary())));
    }

    void pass(List<RegionName> wave) throws InterruptedException {
        if (plan.scales()) {
            // Users keep their release, and no region gives its own up while it scales.
            return;
        }
        if (wave.contains(plan.primary())) {
            requireOthersServe();
        } else {
            requireFallbackCarries(wave);
        }
    }

    private void requireOthersServe() throws InterruptedException {
        for (RegionPlan region : plan.regions()) {
            if (!region.name().equals(plan.primary())) {
                new Wait("every other region to serve " + plan.target().id(), RECOVER_WITHIN, Duration.ofMillis(300))
                        .until(
                                world,
                                region.name(),
                                () -> edge.serves(region)
                                        && edge.notHealthy(region).isEmpty(),
                                () -> "",
                                () -> Diagnostic.of(
                                        "primary-gate",
                                        "the primary " + plan.primary() + " will not move: " + region.name()
                                                + " does not serve "
                                                + plan.target().id() + " with every server healthy",
                                        "See what is wrong in " + region.name() + ", then deploy again."));
            }
        }
    }

    /**
     * At least half of the primary's serving origins are healthy, or as many as when the rollout began: what was so before
     * is not for this rollout to wait for, and a release that fixes it must get through. Where none is healthy the primary
     * carries nobody now.
     */
    private void requireFallbackCarries(List<RegionName> wave) throws InterruptedException {
        Wait wait = new Wait(
                "the fallback region " + plan.primary() + " to be healthy", RECOVER_WITHIN, Duration.ofMillis(300));
        if (!wait.holdsInTime(world, wave.getFirst(), this::fallbackCarries)) {
            throw Failure.of(Diagnostic.of(
                    "fallback-gate",
                    "the fallback region " + plan.primary() + " has fewer than half of its servers healthy, so " + wave
                            + " will not move",
                    "Bring " + plan.primary() + " back to health, then deploy again."));
        }
    }

    private boolean fallbackCarries() throws InterruptedException {
        Pool primary = edge.pool(plan.primary());
        long healthy = healthy(primary);
        long serving = primary.origins().stream().filter(Origin::serving).count();
        return healthy == 0 || healthy * 2 >= serving || healthy >= healthyAtFirst;
    }

    private static long healthy(Pool pool) {
        return pool.origins().stream()
                .filter(origin -> origin.serving() && origin.health() == Origin.Health.HEALTHY)
                .count();
    }
}
