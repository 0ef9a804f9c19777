package org.meridian.core.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.canary.Sample;
import org.meridian.core.canary.Verdict;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.Answer;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.plan.Plan;

/** Something that happened during a command; views decide how it looks. */
public sealed interface RolloutEvent {
    /** When it happened. */
    Instant at();

    /** A rollout begins and this is its plan. */
    record Started(Instant at, RolloutRecord rollout, Plan plan) implements RolloutEvent {}

    /** A region enters a phase. */
    record PhaseStarted(Instant at, RegionName region, Phase phase) implements RolloutEvent {}

    /** A region ends a phase well. */
    record PhaseEnded(Instant at, RegionName region, Phase phase, Duration took) implements RolloutEvent {}

    /** A server reaches a stage of its preparation. */
    record ServerReached(Instant at, RegionName region, ServerName server, Stage stage, Duration took)
            implements RolloutEvent {}

    /**
     * Something is waited for; emitted when the wait begins, and now and then while it goes on.
     *
     * @param waited how long already; zero when it begins
     * @param seen   what keeps it, in a few words; empty when nothing is known
     */
    record Waiting(Instant at, Optional<RegionName> region, String what, Duration atMost, Duration waited, String seen)
            implements RolloutEvent {
        /** A wait that begins. */
        public Waiting(Instant at, Optional<RegionName> region, String what, Duration atMost) {
            this(at, region, what, atMost, Duration.ZERO, "");
        }

        /** Whether it has been told of before. */
        public boolean goesOn() {
            return waited.isPositive();
        }
    }

    /** A region's traffic moved to a release. */
    record Shifted(Instant at, RegionName region, ReleaseId to, Weight weight) implements RolloutEvent {}

    /**
     * A canary was judged.
     *
     * @param share  the share of the region's requests that the new release has, in percent
     * @param fresh  what the new release answered in the window
     * @param former what the former one answered in the same window
     */
    record Judged(Instant at, RegionName region, int share, Sample fresh, Sample former, Verdict verdict)
            implements RolloutEvent {}

    /** A region's workers are a release's own from now on; the names of those that run there. */
    record HandedOver(Instant at, RegionName region, ReleaseId release, Set<String> workers) implements RolloutEvent {
        /** Copies the names. */
        public HandedOver {
            workers = Set.copyOf(workers);
        }
    }

    /** A release's jobs are run by schedule on that server of a region from now on; their names. */
    record Scheduled(Instant at, RegionName region, ReleaseId release, ServerName server, Set<String> jobs)
            implements RolloutEvent {
        /** Copies the names. */
        public Scheduled {
            jobs = Set.copyOf(jobs);
        }
    }

    /** A person has to approve before the primary moves. */
    record ApprovalNeeded(Instant at, int rollout, RegionName primary, Duration within) implements RolloutEvent {}

    /** A person approved or aborted. */
    record Answered(Instant at, Answer answer) implements RolloutEvent {}

    /** The journal got an entry. */
    record Journalled(Instant at, JournalEntry entry) implements RolloutEvent {}

    /** A remark for people: something that was found or done and is not a problem. */
    record Note(Instant at, String text) implements RolloutEvent {}

    /** Something went wrong; the rollout may go on to put things back. */
    record Failed(Instant at, Optional<RegionName> region, Diagnostic problem) implements RolloutEvent {}

    /** Putting back begins; the regions in the order in which they go back. */
    record Reverting(Instant at, ReleaseId from, Optional<ReleaseId> to, List<RegionName> regions)
            implements RolloutEvent {}

    /** What the probe has seen so far; at most one a second. */
    record Probed(Instant at, int sent, int failed, Duration p50, Duration max) implements RolloutEvent {}

    /** A request of the probe that failed. */
    record ProbeFailed(Instant at, RegionName from, String detail) implements RolloutEvent {}

    /** The end: what was done and what users saw of it. */
    record Finished(Instant at, Receipt receipt) implements RolloutEvent {}

    /** What a region goes through. */
    enum Phase {
        /** The new fleet is made, boots, gets the release and becomes healthy. */
        PREPARE,
        /** The command before anything of the release starts. */
        RELEASE_COMMAND,
        /** The command before any traffic moves. */
        BEFORE_SHIFT,
        /** Traffic moves. */
        SHIFT,
        /** Requests in flight on servers out of traffic finish. */
        DRAIN,
        /** Traffic goes back. */
        REVERT,
        /** Servers are destroyed. */
        RETIRE
    }

    /** What a server goes through while it is prepared. */
    enum Stage {
        /** The provider has it. */
        CREATED,
        /** Its first boot has finished. */
        BOOTED,
        /** The release's files are there. */
        PLACED,
        /** The images are there. */
        PULLED,
        /** The containers run. */
        STARTED,
        /** It is healthy, asked directly. */
        HEALTHY
    }
}
