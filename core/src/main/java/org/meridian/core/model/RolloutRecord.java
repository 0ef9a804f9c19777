package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rollout set out to do and how far it came.
 *
 * @param number    1, 2 and so on
 * @param kind      what was asked for
 * @param from      the release that users had before; empty for the first
 * @param to        the release that users should have
 * @param regions   the regions it covers
 * @param outcome   how it ended; RUNNING while it has not, also when the deployer died
 * @param startedAt when it began
 * @param keepUntil until when the release it replaced is kept warm; empty while nothing is kept
 * @param former    what each region's users had when it began; without regions that had none, and empty in records that
 *                  were written before this was remembered
 * @param servers   how many servers of {@code to} took each region's traffic when it began; without regions that had
 *                  another release or none, and empty in records that were written before this was remembered
 */
public record RolloutRecord(
        int number,
        Kind kind,
        Optional<ReleaseId> from,
        ReleaseId to,
        List<RegionName> regions,
        Outcome outcome,
        Instant startedAt,
        Optional<Instant> keepUntil,
        Map<RegionName, ReleaseId> former,
        Map<RegionName, Integer> servers) {
    /** Copies the regions and what they had. */
    public RolloutRecord {
        requireNonNull(kind, "kind is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        regions = List.copyOf(regions);
        requireNonNull(outcome, "outcome is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(keepUntil, "keepUntil is null");
        // A store that holds a record of an earlier Meridian has nothing to fill this with.
        former = former == null ? Map.of() : Map.copyOf(former);
        servers = servers == null ? Map.of() : Map.copyOf(servers);
    }

    /** One of which is not known what each region had before. */
    public RolloutRecord(
            int number,
            Kind kind,
            Optional<ReleaseId> from,
            ReleaseId to,
            List<RegionName> regions,
            Outcome outcome,
            Instant startedAt,
            Optional<Instant> keepUntil) {
        this(number, kind, from, to, regions, outcome, startedAt, keepUntil, Map.of(), Map.of());
    }

    /** The same rollout, ended like this. */
    public RolloutRecord ended(Outcome how, Optional<Instant> newKeepUntil) {
        return new RolloutRecord(number, kind, from, to, regions, how, startedAt, newKeepUntil, former, servers);
    }

    /** The same rollout, of these regions only. */
    public RolloutRecord in(List<RegionName> fewer) {
        return new RolloutRecord(number, kind, from, to, fewer, outcome, startedAt, keepUntil, former, servers);
    }

    /** What was asked for. */
    public enum Kind {
        /** A release is put in place. */
        DEPLOY,
        /** A former release is put back. */
        ROLLBACK,
        /** The release that serves gets more servers, or fewer. */
        SCALE
    }

    /** How a rollout ended. */
    public enum Outcome {
        /** It has not ended, or the deployer died. */
        RUNNING,
        /** Users are on the release. */
        DONE,
        /** It failed and everything was put back. */
        ROLLED_BACK,
        /** It failed and stopped as it was, as configured; it waits to be finished or undone. */
        PAUSED,
        /** It failed and could not be put back entirely: a person is needed. */
        FAILED
    }
}
