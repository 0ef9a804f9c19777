package org.meridian.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Failed;
import org.meridian.core.event.RolloutEvent.HandedOver;
import org.meridian.core.event.RolloutEvent.Judged;
import org.meridian.core.event.RolloutEvent.Note;
import org.meridian.core.event.RolloutEvent.PhaseEnded;
import org.meridian.core.event.RolloutEvent.PhaseStarted;
import org.meridian.core.event.RolloutEvent.Reverting;
import org.meridian.core.event.RolloutEvent.Scheduled;
import org.meridian.core.event.RolloutEvent.Shifted;
import org.meridian.core.event.RolloutEvent.Started;
import org.meridian.core.event.RolloutEvent.Waiting;
import org.meridian.core.model.RegionName;
import org.meridian.web.world.RolloutStep;
import org.meridian.web.world.WorldWatch;

/** What a rollout of this process tells beside its journal, as steps for those who listen. */
final class StepEvents implements EventSink {
    private final WorldWatch watch;
    private final CompletableFuture<Optional<Integer>> begun;

    StepEvents(WorldWatch watch, CompletableFuture<Optional<Integer>> begun) {
        this.watch = watch;
        this.begun = begun;
    }

    @Override
    public void emit(RolloutEvent event) {
        switch (event) {
            case Started started -> begun.complete(Optional.of(started.rollout().number()));
            case PhaseStarted phase ->
                tell("phase", phase.at(), Optional.of(phase.region()), OwnRollbacks.written(phase.phase()) + " begins");
            case PhaseEnded phase ->
                tell(
                        "phase",
                        phase.at(),
                        Optional.of(phase.region()),
                        OwnRollbacks.written(phase.phase()) + " ended after " + Durations.spoken(phase.took()));
            case Waiting waiting ->
                tell(
                        "waiting",
                        waiting.at(),
                        waiting.region(),
                        "waiting for " + waiting.what() + (waiting.seen().isEmpty() ? "" : ": " + waiting.seen()));
            case Shifted shifted ->
                tell(
                        "shifted",
                        shifted.at(),
                        Optional.of(shifted.region()),
                        "traffic on " + shifted.to() + " at " + shifted.weight() + " %");
            case Note note -> tell("note", note.at(), Optional.empty(), note.text());
            case Failed failed ->
                tell("failed", failed.at(), failed.region(), failed.problem().summary());
            case Reverting back -> tell("reverting", back.at(), Optional.empty(), words(back));
            case HandedOver over ->
                tell(
                        "workers",
                        over.at(),
                        Optional.of(over.region()),
                        "workers are " + over.release() + "'s: "
                                + over.workers().stream().sorted().collect(Collectors.joining(", ")));
            case Scheduled scheduled ->
                tell(
                        "jobs",
                        scheduled.at(),
                        Optional.of(scheduled.region()),
                        "jobs are run by " + scheduled.server() + ": "
                                + scheduled.jobs().stream().sorted().collect(Collectors.joining(", ")));
            case Judged judged ->
                tell(
                        "canary",
                        judged.at(),
                        Optional.of(judged.region()),
                        judged.verdict().reason());
            // The journal and the store tell these of every process's rollout; probes are the watch's own.
            case RolloutEvent.Journalled e -> {}
            case RolloutEvent.Finished e -> {}
            case RolloutEvent.ApprovalNeeded e -> {}
            case RolloutEvent.Answered e -> {}
            case RolloutEvent.ServerReached e -> {}
            case RolloutEvent.Probed e -> {}
            case RolloutEvent.ProbeFailed e -> {}
        }
    }

    private static String words(Reverting back) {
        List<RegionName> regions = back.regions();
        return "going back from " + back.from()
                + (regions.isEmpty()
                        ? ""
                        : ": " + regions.stream().map(RegionName::value).collect(Collectors.joining(", ")));
    }

    private void tell(String kind, Instant at, Optional<RegionName> region, String summary) {
        int rollout = begun.getNow(Optional.empty()).orElse(0);
        watch.tell(new RolloutStep(rollout, kind, at, region.map(RegionName::value), summary));
    }
}
