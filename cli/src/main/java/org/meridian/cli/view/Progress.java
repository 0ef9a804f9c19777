package org.meridian.cli.view;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Answered;
import org.meridian.core.event.RolloutEvent.ApprovalNeeded;
import org.meridian.core.event.RolloutEvent.Failed;
import org.meridian.core.event.RolloutEvent.Finished;
import org.meridian.core.event.RolloutEvent.HandedOver;
import org.meridian.core.event.RolloutEvent.Journalled;
import org.meridian.core.event.RolloutEvent.Judged;
import org.meridian.core.event.RolloutEvent.Note;
import org.meridian.core.event.RolloutEvent.PhaseEnded;
import org.meridian.core.event.RolloutEvent.PhaseStarted;
import org.meridian.core.event.RolloutEvent.ProbeFailed;
import org.meridian.core.event.RolloutEvent.Probed;
import org.meridian.core.event.RolloutEvent.Reverting;
import org.meridian.core.event.RolloutEvent.Scheduled;
import org.meridian.core.event.RolloutEvent.ServerReached;
import org.meridian.core.event.RolloutEvent.Shifted;
import org.meridian.core.event.RolloutEvent.Started;
import org.meridian.core.event.RolloutEvent.Waiting;
import org.meridian.core.model.RegionName;

/** How far a rollout has come, gathered from its events; not safe for many threads. */
final class Progress {
    private final Map<RegionName, RegionProgress> regions = new LinkedHashMap<>();
    private final Map<Optional<RegionName>, Waiting> waits = new LinkedHashMap<>();
    private Optional<Started> start = Optional.empty();
    private Optional<Probed> probed = Optional.empty();
    private boolean finished;

    void take(RolloutEvent event) {
        switch (event) {
            case Started started -> start(started);
            case PhaseStarted phase -> {
                moved(phase.region());
                region(phase.region()).begin(phase.phase(), phase.at());
            }
            case PhaseEnded phase -> {
                moved(phase.region());
                region(phase.region()).end(phase.phase(), phase.took());
            }
            case ServerReached reached -> {
                waits.remove(Optional.of(reached.region()));
                region(reached.region()).reach(reached.server(), reached.stage());
            }
            case Waiting waiting -> waits.put(waiting.region(), waiting);
            case Shifted shifted -> {
                moved(shifted.region());
                region(shifted.region()).serve(shifted.to(), shifted.weight());
            }
            case Failed failed -> {
                waits.remove(failed.region());
                failed.region().ifPresent(name -> region(name).fail());
            }
            case Reverting reverting -> {
                waits.clear();
                regions.values().forEach(RegionProgress::abandon);
            }
            case Probed seen -> probed = Optional.of(seen);
            case Finished end -> finished = true;
            case Note note -> {}
            case Journalled journalled -> {}
            case HandedOver over -> {}
            case Scheduled scheduled -> {}
            case Judged judged -> region(judged.region()).judge(judged);
            case ApprovalNeeded needed -> {}
            case Answered answered -> {}
            case ProbeFailed failed -> {}
        }
    }

    private void start(Started started) {
        start = Optional.of(started);
        finished = false;
        // Undoing an interrupted rollout comes before the one that was asked for, which begins again.
        regions.clear();
        waits.clear();
        started.plan().regions().forEach(region -> region(region.name()));
    }

    /** A region that goes on waits no longer, and nor does what waited for all regions. */
    private void moved(RegionName region) {
        waits.remove(Optional.of(region));
        waits.remove(Optional.<RegionName>empty());
    }

    private RegionProgress region(RegionName name) {
        return regions.computeIfAbsent(name, unseen -> new RegionProgress());
    }

    /** Each region, in the order of the plan. */
    Map<RegionName, RegionProgress> regions() {
        return regions;
    }

    /** What is waited for now, by region; empty for all of them. */
    Map<Optional<RegionName>, Waiting> waits() {
        return waits;
    }

    /** The rollout that runs, once it has begun. */
    Optional<Started> start() {
        return start;
    }

    /** When it began. */
    Optional<Instant> startedAt() {
        return start.map(Started::at);
    }

    /** What the probe saw last. */
    Optional<Probed> probed() {
        return probed;
    }

    /** Whether there is something to show: it has begun and has not ended. */
    boolean running() {
        return start.isPresent() && !finished;
    }
}
