package org.meridian.core.model;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a release does beside answering requests. It follows the traffic: only the release that serves a region does it
 * there.
 *
 * @param workers the services that take jobs from a queue, by name
 * @param jobs    what is run by schedule, by name: {@link #JOB_NAME}
 */
public record Duties(Map<String, Worker> workers, Map<String, Job> jobs) {
    /** What a job's name looks like: it is part of the names of units and files. */
    public static final Pattern JOB_NAME = Pattern.compile("[a-z][a-z0-9-]{0,29}");

    /** A release that does nothing else. */
    public static final Duties NONE = new Duties(Map.of());

    /** Copies the maps and checks the names of jobs. What an earlier Meridian wrote down has none. */
    public Duties {
        workers = Map.copyOf(workers);
        jobs = Map.copyOf(requireNonNullElse(jobs, Map.of()));
        for (String job : jobs.keySet()) {
            if (!JOB_NAME.matcher(job).matches()) {
                throw new IllegalArgumentException("'" + job + "' is no job's name");
            }
        }
    }

    /** Of a release that has workers and no jobs. */
    public Duties(Map<String, Worker> workers) {
        this(workers, Map.of());
    }

    /** The same with these jobs. */
    public Duties running(Map<String, Job> byName) {
        return new Duties(workers, byName);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return workers.isEmpty() && jobs.isEmpty();
    }

    /** The jobs that run in a region. */
    public Map<String, Job> jobsIn(RegionName region) {
        return jobs.entrySet().stream()
                .filter(job -> job.getValue().region().equals(region))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The one server that runs a region's jobs: the first by name, so that whoever asks again gets the same answer. */
    public static Optional<ServerName> runner(Collection<ServerName> fleet) {
        return fleet.stream().min(Comparator.naturalOrder());
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

    /** How long the slowest of the jobs may take. */
    public Duration longestJob() {
        return jobs.values().stream()
                .map(Job::timeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** How long the slowest of the workers may take to end. */
    public Duration grace() {
        return workers.values().stream()
                .map(Worker::grace)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
