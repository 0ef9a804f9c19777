package org.meridian.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.core.canary.Verdict.Decision;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Answered;
import org.meridian.core.event.RolloutEvent.ApprovalNeeded;
import org.meridian.core.event.RolloutEvent.Failed;
import org.meridian.core.event.RolloutEvent.Finished;
import org.meridian.core.event.RolloutEvent.HandedOver;
import org.meridian.core.event.RolloutEvent.Journalled;
import org.meridian.core.event.RolloutEvent.Judged;
import org.meridian.core.event.RolloutEvent.Note;
import org.meridian.core.event.RolloutEvent.Phase;
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
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/** One line of text for an event, with the time since the start and the region; not safe for many threads. */
final class EventText {
    /** More failed requests than this are counted, not listed: an outage would bury everything else. */
    private static final int PROBE_FAILURES_LISTED = 20;

    private static final Duration PROBE_PERIOD = Duration.ofSeconds(10);

    private final Style style;
    private Optional<Instant> start = Optional.empty();
    private Optional<Instant> lastProbed = Optional.empty();
    private int probeFailures;
    private int nameWidth = 8;

    EventText(Style style) {
        this.style = style;
    }

    /** The line; empty for what is not worth one. */
    Optional<String> line(RolloutEvent event) {
        if (start.isEmpty()) {
            start = Optional.of(event.at());
        }
        return switch (event) {
            case Started started -> Optional.of(started(started));
            case PhaseStarted phase -> Optional.of(line(phase.at(), phase.region(), begins(phase.phase())));
            case PhaseEnded phase -> Optional.of(ended(phase));
            case ServerReached reached ->
                Optional.of(line(
                        reached.at(),
                        reached.region(),
                        reached.server() + " " + Words.stage(reached.stage()) + " in "
                                + Durations.spoken(reached.took())));
            case Waiting waiting -> Optional.of(line(waiting.at(), waiting.region(), waiting(waiting)));
            case Shifted shifted ->
                Optional.of(line(
                        shifted.at(),
                        shifted.region(),
                        "traffic on " + shifted.to()
                                + (shifted.weight().percent() == 100 ? "" : " at " + shifted.weight() + "%")));
            case HandedOver over ->
                Optional.of(line(
                        over.at(),
                        over.region(),
                        "workers are " + over.release() + "'s: "
                                + over.workers().stream().sorted().collect(Collectors.joining(", "))));
            case Scheduled scheduled ->
                Optional.of(line(
                        scheduled.at(),
                        scheduled.region(),
                        "jobs are run by " + scheduled.server() + ": "
                                + scheduled.jobs().stream().sorted().collect(Collectors.joining(", "))));
            case Judged judged -> Optional.of(line(judged.at(), judged.region(), judged(judged)));
            case ApprovalNeeded needed -> Optional.of(line(needed.at(), Optional.empty(), approval(needed)));
            case Answered answered ->
                Optional.of(line(answered.at(), Optional.empty(), Words.answer(answered.answer())));
            case Journalled journalled -> Optional.empty();
            case Note note -> Optional.of(line(note.at(), Optional.empty(), Visible.of(note.text())));
            case Failed failed ->
                Optional.of(line(
                        failed.at(),
                        failed.region(),
                        style.bad() + " failed: " + Visible.of(failed.problem().summary())));
            case Reverting reverting -> Optional.of(reverting(reverting));
            case Probed probed -> probed(probed);
            case ProbeFailed failed -> probeFailed(failed);
            case Finished finished -> Optional.empty();
        };
    }

    private String started(Started event) {
        Plan plan = event.plan();
        nameWidth = plan.regions().stream()
                .map(RegionPlan::name)
                .mapToInt(name -> name.value().length())
                .max()
                .orElse(nameWidth);
        return line(event.at(), Optional.empty(), title(plan));
    }

    /** What a rollout sets out to do, in a line. */
    static String title(Plan plan) {
        if (plan.scales()) {
            return "scale " + Words.numbers(plan) + " (" + plan.target().id() + ", "
                    + plan.target().label() + ")";
        }
        String verb = plan.rollsBack() ? "roll back to" : "deploy";
        String from = plan.from().map(release -> " from " + release).orElse("");
        return verb + " " + plan.target().id() + " (" + plan.target().label() + ")" + from;
    }

    private String ended(PhaseEnded event) {
        String text = Words.ended(event.phase()) + " in " + Durations.spoken(event.took());
        return line(event.at(), event.region(), style.good() + " " + text);
    }

    private static String begins(Phase phase) {
        return Words.running(phase) + " begins";
    }

    private static String waiting(Waiting event) {
        String seen = event.seen().isEmpty() ? "" : ": " + Visible.of(event.seen());
        if (!event.goesOn()) {
            return "waiting for " + event.what() + seen + " (at most " + Durations.limit(event.atMost()) + ")";
        }
        return "still waiting for " + event.what() + seen + " (" + Durations.spoken(event.waited()) + " of at most "
                + Durations.limit(event.atMost()) + ")";
    }

    private String judged(Judged event) {
        Decision decision = event.verdict().decision();
        String mark =
                switch (decision) {
                    case GOOD -> style.good();
                    case BAD -> style.bad();
                    case UNDECIDED -> style.doubtful();
                };
        return mark + " canary at " + event.share() + "% is " + Words.decision(decision) + ": "
                + Visible.of(event.verdict().reason());
    }

    private String approval(ApprovalNeeded event) {
        return style.doubtful() + " the primary " + event.primary() + " waits for approval, at most "
                + Durations.limit(event.within()) + ": 'meridian promote' or 'meridian abort' on any machine";
    }

    private String reverting(Reverting event) {
        String regions = event.regions().stream().map(RegionName::value).collect(Collectors.joining(", "));
        if (event.to().equals(Optional.of(event.from()))) {
            return line(
                    event.at(),
                    Optional.empty(),
                    style.doubtful() + " going back to the former servers of " + event.from());
        }
        String to = event.to().map(release -> " to " + release).orElse("");
        String where = regions.isEmpty() ? "; no traffic has moved" : ": " + regions;
        return line(event.at(), Optional.empty(), style.doubtful() + " going back from " + event.from() + to + where);
    }

    private Optional<String> probed(Probed event) {
        boolean due = lastProbed
                .map(last -> Duration.between(last, event.at()).compareTo(PROBE_PERIOD) >= 0)
                .orElse(true);
        if (!due) {
            return Optional.empty();
        }
        lastProbed = Optional.of(event.at());
        return Optional.of(line(event.at(), Optional.empty(), Words.probe(event)));
    }

    private Optional<String> probeFailed(ProbeFailed event) {
        probeFailures++;
        if (probeFailures > PROBE_FAILURES_LISTED + 1) {
            return Optional.empty();
        }
        String text = probeFailures > PROBE_FAILURES_LISTED
                ? "more failed requests are counted, not listed"
                : style.bad() + " a request failed: " + Visible.of(event.detail());
        return Optional.of(line(event.at(), event.from(), text));
    }

    private String line(Instant at, RegionName region, String text) {
        return line(at, Optional.of(region), text);
    }

    private String line(Instant at, Optional<RegionName> region, String text) {
        Duration elapsed = Duration.between(start.orElse(at), at);
        String time = Table.pad(Durations.spoken(elapsed), 7, true);
        String name = Table.pad(region.map(RegionName::value).orElse(""), nameWidth, false);
        return String.join("  ", List.of(style.dim(time), name, text)).stripTrailing();
    }
}
