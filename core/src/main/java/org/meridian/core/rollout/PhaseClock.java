package org.meridian.core.rollout;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.model.RegionName;

/** Tells when regions enter and leave phases, and remembers how long they took. */
final class PhaseClock {
    private final World world;
    private final Map<RegionName, Map<Phase, Duration>> taken = new ConcurrentHashMap<>();

    private final Set<Map.Entry<RegionName, Phase>> ended = ConcurrentHashMap.newKeySet();

    PhaseClock(World world) {
        this.world = world;
    }

    /** Does something as a phase of a region, or as a part of it; a failure leaves the phase unended. */
    void during(RegionName region, Phase phase, Work work) throws InterruptedException {
        world.events().emit(new RolloutEvent.PhaseStarted(world.time().now(), region, phase));
        Stopwatch watch = Stopwatch.start(world.time());
        try {
            work.run();
        } finally {
            taken.computeIfAbsent(region, r -> new EnumMap<>(Phase.class))
                    .merge(phase, watch.elapsed(), Duration::plus);
        }
        ended.add(Map.entry(region, phase));
        world.events().emit(new RolloutEvent.PhaseEnded(world.time().now(), region, phase, watch.elapsed()));
    }

    /** Whether a region has ended a phase well. */
    boolean ended(RegionName region, Phase phase) {
        return ended.contains(Map.entry(region, phase));
    }

    /** How long a region was in a phase; zero when it never was. */
    Duration taken(RegionName region, Phase phase) {
        return taken.getOrDefault(region, Map.of()).getOrDefault(phase, Duration.ZERO);
    }

    /** What is done during a phase. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }
}
