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
 * What must hold before a wave of a deploy may shift: the primary can carry the others' readers, and before the primary itself
 * moves, every other region serves the new release and is healthy.
 */
final class Gate {
    private static final Duration RECOVER_WITHIN = Duration.ofSeconds(10);

    private final World world;
    private final Plan plan;
    private final EdgeView edge;

    Gate(World world, Plan plan) {
        this.world = world;
        this.plan = plan;
        this.edge = new EdgeView(world);
    }

    void pass(List<RegionName> wave) throws InterruptedException {
        if (plan.scales()) {
            // Readers keep their release, and no region gives its own up while it scales.
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
     * At least half of the primary's serving origins are healthy; or none is, so that it carries nobody now and what moves
     * may be what mends it.
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
        List<Origin> serving =
                primary.origins().stream().filter(Origin::serving).toList();
        long healthy = serving.stream()
                .filter(origin -> origin.health() == Origin.Health.HEALTHY)
                .count();
        return healthy == 0 || healthy * 2 >= serving.size();
    }
}
