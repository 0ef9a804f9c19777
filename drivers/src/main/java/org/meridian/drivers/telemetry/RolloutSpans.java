package org.meridian.drivers.telemetry;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutRecord;

/**
 * A rollout as a trace: a span for it, one beneath for each phase of each region, one beneath those for each stage of each
 * server; what else happens is an event of the span in which it does. Attributes that the semantic conventions know have
 * their names ({@code deployment.*}), the others ours.
 */
final class RolloutSpans {
    static final AttributeKey<String> APP = AttributeKey.stringKey("deployment.name");
    private static final AttributeKey<String> NUMBER = AttributeKey.stringKey("deployment.id");
    private static final AttributeKey<String> STATUS = AttributeKey.stringKey("deployment.status");
    private static final AttributeKey<String> KIND = AttributeKey.stringKey("meridian.kind");
    private static final AttributeKey<String> RELEASE = AttributeKey.stringKey("meridian.release");
    private static final AttributeKey<String> FORMER = AttributeKey.stringKey("meridian.release.former");
    private static final AttributeKey<List<String>> REGIONS = AttributeKey.stringArrayKey("meridian.regions");
    static final AttributeKey<String> REGION = AttributeKey.stringKey("meridian.region");
    private static final AttributeKey<String> SERVER = AttributeKey.stringKey("meridian.server");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("meridian.outcome");
    private static final AttributeKey<Long> SENT = AttributeKey.longKey("meridian.probe.sent");
    private static final AttributeKey<Long> FAILED = AttributeKey.longKey("meridian.probe.failed");
    private static final AttributeKey<String> TEXT = AttributeKey.stringKey("meridian.text");

    private final Tracer tracer;
    private final AppName app;
    private final Context parent;
    private final Map<RegionPhase, Span> phases = new HashMap<>();
    private @Nullable Span rollout;
    private RolloutRecord.@Nullable Kind kind;

    RolloutSpans(Tracer tracer, AppName app, Context parent) {
        this.tracer = requireNonNull(tracer, "tracer is null");
        this.app = requireNonNull(app, "app is null");
        this.parent = requireNonNull(parent, "parent is null");
    }

    /** Takes what happened; for any thread. */
    synchronized void take(RolloutEvent event) {
        if (event instanceof RolloutEvent.Started started) {
            begin(started);
        } else if (rollout != null) {
            during(event, rollout);
        }
    }

    /** Ends what was cut off in its midst. */
    synchronized void end() {
        phases.values().forEach(Span::end);
        phases.clear();
        if (rollout != null) {
            rollout.setStatus(StatusCode.ERROR, "it did not end");
            rollout.end();
            rollout = null;
        }
    }

    private void begin(RolloutEvent.Started started) {
        end();
        kind = started.rollout().kind();
        rollout = tracer.spanBuilder("meridian " + word(kind))
                .setParent(parent)
                .setStartTimestamp(started.at())
                .setAttribute(APP, app.value())
                .setAttribute(NUMBER, Integer.toString(started.rollout().number()))
                .setAttribute(KIND, word(kind))
                .setAttribute(RELEASE, started.rollout().to().toString())
                .setAttribute(
                        REGIONS,
                        started.rollout().regions().stream()
                                .map(RegionName::value)
                                .toList())
                .startSpan();
        Span span = rollout;
        started.rollout().from().ifPresent(from -> span.setAttribute(FORMER, from.toString()));
    }

    private void during(RolloutEvent event, Span whole) {
        switch (event) {
            case RolloutEvent.PhaseStarted phase -> enter(phase, whole);
            case RolloutEvent.PhaseEnded phase -> leave(phase);
            case RolloutEvent.ServerReached server -> stage(server, whole);
            case RolloutEvent.Shifted shifted ->
                note(
                        in(shifted.region(), whole),
                        "shifted",
                        shifted.at(),
                        shifted.to() + " at weight " + shifted.weight().percent());
            case RolloutEvent.HandedOver over ->
                note(in(over.region(), whole), "workers handed over", over.at(), "to " + over.release());
            case RolloutEvent.Scheduled scheduled ->
                note(in(scheduled.region(), whole), "jobs handed over", scheduled.at(), "to " + scheduled.server());
            case RolloutEvent.Judged judged ->
                note(
                        in(judged.region(), whole),
                        "canary judged",
                        judged.at(),
                        judged.share() + " %: " + judged.verdict());
            case RolloutEvent.Waiting waiting ->
                note(
                        waiting.region().map(region -> in(region, whole)).orElse(whole),
                        "waiting",
                        waiting.at(),
                        waiting.what());
            case RolloutEvent.ApprovalNeeded needed ->
                note(whole, "approval needed", needed.at(), "before " + needed.primary() + " moves");
            case RolloutEvent.Answered answered ->
                note(
                        whole,
                        word(answered.answer().verdict()),
                        answered.at(),
                        answered.answer().who());
            case RolloutEvent.Reverting reverting ->
                note(whole, "reverting", reverting.at(), "from " + reverting.from());
            case RolloutEvent.ProbeFailed probe ->
                note(whole, "probe failed", probe.at(), "from " + probe.from() + ": " + probe.detail());
            case RolloutEvent.Failed failed -> fail(failed, whole);
            case RolloutEvent.Finished finished -> finish(finished, whole);
            case RolloutEvent.Note note -> note(whole, "note", note.at(), note.text());
            case RolloutEvent.Started _, RolloutEvent.Journalled _, RolloutEvent.Probed _ -> {
                // the first is taken elsewhere; the journal says nothing more; the probe is counted
            }
        }
    }

    private void enter(RolloutEvent.PhaseStarted phase, Span whole) {
        Span span = tracer.spanBuilder(word(phase.phase()))
                .setParent(parent.with(whole))
                .setStartTimestamp(phase.at())
                .setAttribute(REGION, phase.region().value())
                .startSpan();
        @Nullable Span before = phases.put(new RegionPhase(phase.region(), phase.phase()), span);
        if (before != null) {
            before.end(phase.at());
        }
    }

    private void leave(RolloutEvent.PhaseEnded phase) {
        @Nullable Span span = phases.remove(new RegionPhase(phase.region(), phase.phase()));
        if (span != null) {
            span.end(phase.at());
        }
    }

    private void stage(RolloutEvent.ServerReached server, Span whole) {
        tracer.spanBuilder("server " + word(server.stage()))
                .setParent(parent.with(in(server.region(), whole)))
                .setStartTimestamp(server.at().minus(server.took()))
                .setAttribute(REGION, server.region().value())
                .setAttribute(SERVER, server.server().value())
                .startSpan()
                .end(server.at());
    }

    private void fail(RolloutEvent.Failed failed, Span whole) {
        Span span = failed.region().map(region -> in(region, whole)).orElse(whole);
        note(span, "failed", failed.at(), failed.problem().summary());
        span.setStatus(StatusCode.ERROR, failed.problem().summary());
    }

    private void finish(RolloutEvent.Finished finished, Span whole) {
        Receipt receipt = finished.receipt();
        phases.values().forEach(span -> span.end(finished.at()));
        phases.clear();
        whole.setAttribute(OUTCOME, receipt.outcome().written());
        whole.setAttribute(SENT, (long) receipt.probe().sent());
        whole.setAttribute(FAILED, (long) receipt.probe().failed());
        boolean good = good(receipt.outcome());
        whole.setAttribute(STATUS, good ? "succeeded" : "failed");
        whole.setStatus(good ? StatusCode.OK : StatusCode.ERROR);
        whole.end(finished.at());
        rollout = null;
    }

    /** Whether it came to where it was meant to; a deploy that was put back did not. */
    private boolean good(Receipt.Outcome outcome) {
        return switch (outcome) {
            case DEPLOYED, SCALED, UNCHANGED -> true;
            case ROLLED_BACK -> kind == RolloutRecord.Kind.ROLLBACK;
            case PAUSED, FAILED -> false;
        };
    }

    /** The phase in which a region is; the rollout between phases. */
    private Span in(RegionName region, Span whole) {
        return phases.entrySet().stream()
                .filter(entry -> entry.getKey().region().equals(region))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(whole);
    }

    private static void note(Span span, String name, Instant at, String text) {
        span.addEvent(name, Attributes.of(TEXT, text), at);
    }

    /** A constant in the words of spans and measures alike. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private record RegionPhase(RegionName region, Phase phase) {}
}
