package org.meridian.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;

/** The parts of a deploy, in their order, and how long each took over all its regions. */
final class Stages {
    private final List<RolloutEvent> events;
    private final Map<String, Duration> stages = new LinkedHashMap<>();

    private Stages(List<RolloutEvent> events) {
        this.events = events;
    }

    /** Parts that did not come to an end are left out. */
    static Map<String, Duration> of(App app, List<RolloutEvent> events) {
        Stages stages = new Stages(events);
        Set<RegionName> all =
                app.regions().stream().map(region -> region.name()).collect(Collectors.toSet());
        stages.add("prepare", Phase.PREPARE, all);
        stages.add("before_shift", Phase.BEFORE_SHIFT, all);
        for (List<RegionName> wave : app.rollout().waves()) {
            String names = wave.stream().map(RegionName::value).collect(Collectors.joining(", "));
            stages.add("shift " + names, Phase.SHIFT, wave);
        }
        stages.add("drain", Phase.DRAIN, all);
        return stages.stages;
    }

    private void add(String name, Phase phase, Collection<RegionName> regions) {
        Optional<Instant> begin = events.stream()
                .filter(event -> event instanceof RolloutEvent.PhaseStarted started
                        && started.phase() == phase
                        && regions.contains(started.region()))
                .map(RolloutEvent::at)
                .findFirst();
        Optional<Instant> end = events.reversed().stream()
                .filter(event -> event instanceof RolloutEvent.PhaseEnded ended
                        && ended.phase() == phase
                        && regions.contains(ended.region()))
                .map(RolloutEvent::at)
                .findFirst();
        if (begin.isPresent() && end.isPresent()) {
            stages.put(name, Duration.between(begin.get(), end.get()));
        }
    }
}
