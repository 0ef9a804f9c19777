package org.meridian.web.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.meridian.core.metrics.Counts;
import org.meridian.core.metrics.Rates;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.operation.StatusReport.RegionStatus;
import org.meridian.core.operation.StatusReport.ServerStatus;
import org.meridian.core.spi.Time;

/** Compares the releases of regions in mid-shift, from the edge's counts: for rollouts of every process alike. */
final class Canaries {
    /** An hour of one region at one look a second. */
    private static final int MOST = 3_600;

    private final Time time;
    private final Map<Integer, List<CanaryView>> seen = new ConcurrentHashMap<>();

    Canaries(Time time) {
        this.time = time;
    }

    /** Notes the comparison of a region, if it is in mid-shift. */
    Optional<CanaryView> look(RolloutRecord rollout, RegionStatus region, Rates rates) {
        int fresh = weight(region, rollout.to()::equals);
        int former = weight(region, release -> !release.equals(rollout.to()));
        if (fresh == 0 || former == 0) {
            return Optional.empty();
        }
        CanaryView view = new CanaryView(
                time.now(),
                region.name().value(),
                Math.round(100f * fresh / (fresh + former)),
                Optional.empty(),
                CanaryView.Side.of(counts(region, rates, rollout.to()::equals)),
                CanaryView.Side.of(counts(region, rates, release -> !release.equals(rollout.to()))));
        note(rollout.number(), view);
        return Optional.of(view);
    }

    /** Notes what a judge said. */
    void note(int rollout, CanaryView view) {
        // Only the last rollout's are asked for while it lasts, and memory has to stay flat.
        seen.keySet().removeIf(number -> number < rollout);
        seen.compute(rollout, (number, before) -> {
            List<CanaryView> views = before == null ? new ArrayList<>() : new ArrayList<>(before);
            views.add(view);
            return views.size() > MOST ? List.copyOf(views.subList(views.size() - MOST, views.size())) : views;
        });
    }

    /** What was seen of a rollout, oldest first. */
    List<CanaryView> of(int rollout) {
        return List.copyOf(seen.getOrDefault(rollout, List.of()));
    }

    private static int weight(RegionStatus region, Predicate<ReleaseId> which) {
        return region.servers().stream()
                .filter(server -> which.test(server.release()) && !server.draining())
                .mapToInt(server -> server.weight().percent())
                .sum();
    }

    private static Counts counts(RegionStatus region, Rates rates, Predicate<ReleaseId> which) {
        return region.servers().stream()
                .filter(server -> which.test(server.release()))
                .map(ServerStatus::name)
                .map(rates::of)
                .reduce(Counts.NONE, Counts::and);
    }
}
