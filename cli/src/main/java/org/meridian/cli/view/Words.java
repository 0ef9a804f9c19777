package org.meridian.cli.view;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.core.canary.Verdict.Decision;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.Probed;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.model.Answer;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.spi.StateStore.Holder;

/** What people call the phases and stages of a rollout. */
final class Words {
    private Words() {}

    /** The phase while it runs. */
    static String running(Phase phase) {
        return switch (phase) {
            case PREPARE -> "prepare";
            case RELEASE_COMMAND -> "release_command";
            case BEFORE_SHIFT -> "before_shift";
            case SHIFT -> "shift";
            case DRAIN -> "drain";
            case REVERT -> "going back";
            case RETIRE -> "retire";
        };
    }

    /** The phase once it has ended well. */
    static String ended(Phase phase) {
        return switch (phase) {
            case PREPARE -> "prepared";
            case RELEASE_COMMAND -> "release_command done";
            case BEFORE_SHIFT -> "before_shift done";
            case SHIFT -> "shifted";
            case DRAIN -> "drained";
            case REVERT -> "back";
            case RETIRE -> "retired";
        };
    }

    /** The stage that a server reached. */
    static String stage(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    /** How a rollout ended: deploy done. */
    static String rollout(RolloutRecord rollout) {
        String kind = Json.written(rollout.kind());
        return switch (rollout.outcome()) {
            case RUNNING -> kind + " not ended";
            case DONE -> kind + " done";
            case PAUSED -> kind + " paused";
            case ROLLED_BACK -> kind + " failed, put back";
            case FAILED -> kind + " failed, needs a person";
        };
    }

    /** Which regions get more servers or fewer: eu: 2 -> 3, us: 3 -> 2. */
    static String numbers(Plan plan) {
        String numbers = plan.regions().stream()
                .filter(region -> region.before() != region.wanted().size())
                .map(region -> region.name() + ": " + numbers(region))
                .collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "to the configured numbers" : numbers;
    }

    /** How many servers a region had, and is to have: 2 -> 3. */
    static String numbers(RegionPlan region) {
        return region.before() + " -> " + region.wanted().size();
    }

    /** What it set out to do, and how it ended: r1 -> r2, deploy done. */
    static String rollout(RolloutRecord rollout, boolean underWay) {
        String arrow = arrow(rollout.from(), rollout.to());
        return arrow + ", " + (underWay ? Json.written(rollout.kind()) + " under way" : rollout(rollout));
    }

    /** From which release to which: r1 -> r2; only the one where they are the same. */
    static String arrow(Optional<ReleaseId> from, ReleaseId to) {
        return from.filter(release -> !release.equals(to))
                        .map(release -> release + " -> ")
                        .orElse("")
                + to;
    }

    /** Who holds the lock, for what, since when and why. */
    static String lock(Holder holder, Instant now) {
        String message = holder.message().isEmpty() ? "" : " (\"" + holder.message() + "\")";
        String ends = holder.kept() ? "; it stays until 'meridian lock release'" : "";
        return "locked by " + Visible.of(holder.who()) + ": " + Visible.of(holder.what()) + ", since "
                + Durations.spoken(Times.between(holder.since(), now)) + message + ends;
    }

    /** What a person said. */
    static String answer(Answer answer) {
        return switch (answer.verdict()) {
            case PROMOTE -> Visible.of(answer.who()) + " approved: the primary may move";
            case ABORT -> Visible.of(answer.who()) + " aborted: every region goes back";
        };
    }

    /** What a judge said of a canary, without why. */
    static String decision(Decision decision) {
        return switch (decision) {
            case GOOD -> "good";
            case BAD -> "bad";
            case UNDECIDED -> "undecided";
        };
    }

    /** What the probe has seen so far. */
    static String probe(Probed probed) {
        return String.format(
                Locale.ROOT,
                "probe: %,d sent, %,d failed, p50 %s, worst %s",
                probed.sent(),
                probed.failed(),
                Durations.latency(probed.p50()),
                Durations.latency(probed.max()));
    }

    /** A number and what it counts: 1 server, 2 servers. */
    static String count(int number, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
    }
}
