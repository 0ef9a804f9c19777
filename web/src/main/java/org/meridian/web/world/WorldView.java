package org.meridian.web.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;

/**
 * The world as clients get it; the components' names are those of the JSON, which docs/reference/dashboard-api.md describes.
 *
 * @param app        the app's name
 * @param primary    the primary region
 * @param address    the public address
 * @param driver     the traffic layer's driver
 * @param release    the release that serves everywhere; empty when there is none
 * @param kept       the release that is kept warm; empty when none is
 * @param lock       who holds the lock; empty when nobody does
 * @param unfinished the rollout that has not ended; while the lock is held, somebody carries it out. Empty when there is none
 * @param approval   the rollout that waits for approval; empty when none does
 * @param orphans    servers that no release accounts for
 * @param regions    each region, in the order of the configuration
 * @param unseen     machines that could not be looked at; what runs there is not known
 * @param services   what the app does beside answering requests, as of a few seconds ago
 * @param problem    why the world can't be seen; the rest is as it was then. Empty when it can
 */
public record WorldView(
        String app,
        String primary,
        String address,
        String driver,
        Optional<String> release,
        Optional<Kept> kept,
        Optional<Lock> lock,
        Optional<Unfinished> unfinished,
        Optional<Approval> approval,
        List<Orphan> orphans,
        List<RegionView> regions,
        List<Unseen> unseen,
        ServicesView services,
        Optional<Problem> problem) {
    /** Copies the lists. */
    public WorldView {
        orphans = List.copyOf(orphans);
        regions = List.copyOf(regions);
        unseen = List.copyOf(unseen);
    }

    /** The same, which can't be seen now. */
    WorldView old(Diagnostic why) {
        return new WorldView(
                app,
                primary,
                address,
                driver,
                release,
                kept,
                lock,
                unfinished,
                approval,
                orphans,
                regions,
                unseen,
                services,
                Optional.of(Problem.of(why)));
    }

    /** A release that is kept warm, until then; empty when nothing was said. */
    public record Kept(String release, Optional<Instant> until) {}

    /** Who holds the lock, for what, since when and why. */
    public record Lock(String who, String what, Instant since, String message) {}

    /** A rollout that has not ended, and what is left of it in a sentence. */
    public record Unfinished(int rollout, String to, String summary) {}

    /** A rollout that waits for a person. */
    public record Approval(int rollout, String to) {}

    /** A server that no release accounts for. */
    public record Orphan(String server, String region, String why) {}

    /** A machine of a region that could not be looked at, and why. */
    public record Unseen(String region, String code, String summary, String suggestion) {}

    /** A problem that a person can act on. */
    public record Problem(String code, String summary, String detail, String suggestion) {
        /** The problem of a diagnostic. */
        public static Problem of(Diagnostic diagnostic) {
            return new Problem(diagnostic.code(), diagnostic.summary(), diagnostic.detail(), diagnostic.suggestion());
        }
    }
}
