package org.meridian.core.model;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a release does beside answering requests. It follows the traffic: only the release that serves a region does it
 * there.
 *
 * @param workers the services that take jobs, by name
 */
public record Duties(Map<String, Worker> workers) {
    /** A release that does nothing else. */
    public static final Duties NONE = new Duties(Map.of());

    /** Copies the map. */
    public Duties {
        workers = Map.copyOf(workers);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return workers.isEmpty();
    }

    /**
     * The workers that run on one of a region's servers. Which server does what depends on their names alone, so that
     * whoever asks again gets the same answer.
     *
     * @param fleet all of the region's servers of the release
     */
    public Set<String> of(RegionName region, ServerName server, List<ServerName> fleet) {
        int place = fleet.stream().sorted(Comparator.naturalOrder()).toList().indexOf(server);
        return workers.entrySet().stream()
                .filter(worker -> worker.getValue().runsIn(region))
                .filter(worker ->
                        place >= 0 && place < worker.getValue().servers().orElse(Integer.MAX_VALUE))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a worker runs on some of a region's servers only. */
    public boolean bounded() {
        return workers.values().stream().anyMatch(worker -> worker.servers().isPresent());
    }

    /** How long the slowest of the workers may take to end. */
    public Duration grace() {
        return workers.values().stream()
                .map(Worker::grace)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
