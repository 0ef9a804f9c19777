package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a rollout did and what users saw of it.
 *
 * @param rollout   the rollout's number
 * @param outcome   how it ended
 * @param release   the release that users should have had, or have
 * @param previous  the release before; empty for the first
 * @param startedAt when it began
 * @param regions   the regions in the order in which they shifted
 * @param probe     what the public address answered meanwhile
 * @param duration  from start to end
 */
public record Receipt(
        int rollout,
        Outcome outcome,
        ReleaseId release,
        Optional<ReleaseId> previous,
        Instant startedAt,
        List<RegionReceipt> regions,
        ProbeReceipt probe,
        Duration duration) {
    /** Copies the regions. */
    public Receipt {
        requireNonNull(outcome, "outcome is null");
        requireNonNull(release, "release is null");
        requireNonNull(previous, "previous is null");
        requireNonNull(startedAt, "startedAt is null");
        regions = List.copyOf(regions);
        requireNonNull(probe, "probe is null");
        requireNonNull(duration, "duration is null");
    }

    /** How a rollout ended, as its receipt names it. */
    public enum Outcome {
        /** Users are on the release. */
        DEPLOYED("deployed"),
        /** The release that served before has the wanted number of servers. */
        SCALED("scaled"),
        /** Users are back on the previous release, or were put there as asked. */
        ROLLED_BACK("rolled-back"),
        /** It stopped in mid-way, as configured: some users are on the release and some on the previous one. */
        PAUSED("paused"),
        /** There was nothing to do. */
        UNCHANGED("unchanged"),
        /** It could not be put back entirely. */
        FAILED("failed");

        private final String written;

        Outcome(String written) {
            this.written = written;
        }

        /** The form in JSON and in print. */
        public String written() {
            return written;
        }
    }

    /**
     * One region's part.
     *
     * @param name    the region
     * @param servers how many servers serve there
     * @param prepare how long it took until the new servers were healthy; zero when they were
     * @param shift   how long it took to move its traffic and watch it; zero when it was not moved
     */
    public record RegionReceipt(RegionName name, int servers, Duration prepare, Duration shift) {
        /** Checks that no part is null. */
        public RegionReceipt {
            requireNonNull(name, "name is null");
            requireNonNull(prepare, "prepare is null");
            requireNonNull(shift, "shift is null");
        }
    }

    /**
     * What the probe saw.
     *
     * @param sent   requests
     * @param failed those that got no good answer
     * @param p50    the median latency of the good ones
     * @param p99    their 99th percentile
     * @param max    the longest of them
     */
    public record ProbeReceipt(int sent, int failed, Duration p50, Duration p99, Duration max) {
        /** Nothing was sent. */
        public static final ProbeReceipt NONE = new ProbeReceipt(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        /** Checks that no part is null. */
        public ProbeReceipt {
            requireNonNull(p50, "p50 is null");
            requireNonNull(p99, "p99 is null");
            requireNonNull(max, "max is null");
        }
    }
}
