package org.meridian.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.canary.Sample;
import org.meridian.core.diagnostic.Diagnostic;
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
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.Receipt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events as JSON; docs/json.md describes them. */
final class EventJson {
    private EventJson() {}

    static ObjectNode of(RolloutEvent event) {
        return switch (event) {
            case Started e -> started(e);
            case PhaseStarted e -> phase("phase_started", e.at(), e.region(), e.phase());
            case PhaseEnded e -> {
                ObjectNode json = phase("phase_ended", e.at(), e.region(), e.phase());
                Json.put(json, "took_ms", e.took());
                yield json;
            }
            case ServerReached e -> serverReached(e);
            case Waiting e -> waiting(e);
            case Shifted e -> shifted(e);
            case Judged e -> judged(e);
            case HandedOver e -> {
                ObjectNode json = event("handed_over", e.at())
                        .put("region", e.region().value())
                        .put("release", e.release().toString());
                json.set("workers", Json.strings(e.workers().stream().sorted()));
                yield json;
            }
            case Scheduled e -> {
                ObjectNode json = event("scheduled", e.at())
                        .put("region", e.region().value())
                        .put("release", e.release().toString())
                        .put("server", e.server().value());
                json.set("jobs", Json.strings(e.jobs().stream().sorted()));
                yield json;
            }
            case ApprovalNeeded e -> {
                ObjectNode json = event("approval_needed", e.at()).put("rollout", e.rollout());
                json.put("primary", e.primary().value());
                Json.put(json, "within_ms", e.within());
                yield json;
            }
            case Answered e ->
                event("answered", e.at())
                        .put("rollout", e.answer().rollout())
                        .put("verdict", Json.written(e.answer().verdict()))
                        .put("who", e.answer().who());
            case Journalled e -> journalled(e.entry());
            case Note e -> event("note", e.at()).put("text", e.text());
            case Failed e -> failed(e);
            case Reverting e -> reverting(e);
            case Probed e -> probed(e);
            case ProbeFailed e -> probeFailed(e);
            case Finished e -> receipt(e.receipt());
        };
    }

    private static ObjectNode judged(Judged event) {
        ObjectNode json = event("judged", event.at())
                .put("region", event.region().value())
                .put("share", event.share())
                .put("decision", Json.written(event.verdict().decision()))
                .put("reason", event.verdict().reason());
        json.set("fresh", sample(event.fresh()));
        json.set("former", sample(event.former()));
        return json;
    }

    private static ObjectNode journalled(JournalEntry entry) {
        ObjectNode json = event("journalled", entry.at());
        json.put("rollout", entry.rollout());
        json.put("number", entry.number());
        json.put("state", Json.written(entry.state()));
        json.put("act", Json.written(entry.act().kind()));
        Json.put(json, "region", entry.act().region());
        Json.put(json, "server", entry.act().server());
        json.put("detail", entry.act().detail());
        Json.put(json, "problem", entry.problem());
        return json;
    }

    private static ObjectNode sample(Sample sample) {
        ObjectNode json = Json.object().put("requests", sample.requests()).put("errors", sample.errors());
        p95(sample).ifPresentOrElse(latency -> Json.put(json, "p95_ms", latency), () -> json.putNull("p95_ms"));
        return json;
    }

    /** The bound of the histogram that 95 of 100 requests stayed below. */
    private static Optional<Duration> p95(Sample sample) {
        long all = sample.latencies().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        return sample.latencies().entrySet().stream()
                .filter(bucket -> all > 0 && bucket.getValue() * 100 >= all * 95)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static ObjectNode event(String name, Instant at) {
        return Json.object().put("event", name).put("at", at.toString());
    }

    private static ObjectNode started(Started event) {
        ObjectNode json = event("started", event.at());
        json.put("rollout", event.rollout().number());
        json.set("plan", PlanJson.of(event.plan()));
        return json;
    }

    private static ObjectNode phase(String name, Instant at, Object region, RolloutEvent.Phase phase) {
        return event(name, at).put("region", region.toString()).put("phase", Json.written(phase));
    }

    private static ObjectNode serverReached(ServerReached event) {
        ObjectNode json = event("server_reached", event.at());
        json.put("region", event.region().value());
        json.put("server", event.server().value());
        json.put("stage", Json.written(event.stage()));
        Json.put(json, "took_ms", event.took());
        return json;
    }

    private static ObjectNode waiting(Waiting event) {
        ObjectNode json = event("waiting", event.at());
        Json.put(json, "region", event.region());
        json.put("what", event.what());
        Json.put(json, "at_most_ms", event.atMost());
        Json.put(json, "waited_ms", event.waited());
        json.put("seen", event.seen());
        return json;
    }

    private static ObjectNode shifted(Shifted event) {
        ObjectNode json = event("shifted", event.at());
        json.put("region", event.region().value());
        json.put("release", event.to().toString());
        json.put("weight", event.weight().percent());
        return json;
    }

    private static ObjectNode failed(Failed event) {
        ObjectNode json = event("failed", event.at());
        Json.put(json, "region", event.region());
        json.set("problem", problem(event.problem()));
        return json;
    }

    /** A problem; also what an error event carries. */
    static ObjectNode problem(Diagnostic problem) {
        ObjectNode json = Json.object();
        json.put("code", problem.code());
        json.put("summary", problem.summary());
        json.put("detail", problem.detail());
        json.put("suggestion", problem.suggestion());
        Json.put(json, "where", problem.where());
        return json;
    }

    private static ObjectNode reverting(Reverting event) {
        ObjectNode json = event("reverting", event.at());
        json.put("from", event.from().toString());
        Json.put(json, "to", event.to());
        json.set("regions", Json.strings(event.regions().stream()));
        return json;
    }

    private static ObjectNode probed(Probed event) {
        ObjectNode json = event("probed", event.at());
        json.put("sent", event.sent());
        json.put("failed", event.failed());
        Json.put(json, "p50_ms", event.p50());
        Json.put(json, "max_ms", event.max());
        return json;
    }

    private static ObjectNode probeFailed(ProbeFailed event) {
        ObjectNode json = event("probe_failed", event.at());
        json.put("region", event.from().value());
        json.put("detail", event.detail());
        return json;
    }

    /** The receipt, whose names are stable. */
    static ObjectNode receipt(Receipt receipt) {
        ObjectNode json = Json.object().put("event", "receipt");
        json.put("outcome", receipt.outcome().written());
        json.put("release", receipt.release().toString());
        Json.put(json, "previous", receipt.previous());
        ArrayNode regions = json.putArray("regions");
        for (Receipt.RegionReceipt region : receipt.regions()) {
            ObjectNode part = regions.addObject();
            part.put("name", region.name().value());
            part.put("servers", region.servers());
            Json.put(part, "prepare_ms", region.prepare());
            Json.put(part, "shift_ms", region.shift());
        }
        ObjectNode probe = json.putObject("probe");
        probe.put("sent", receipt.probe().sent());
        probe.put("failed", receipt.probe().failed());
        Json.put(probe, "p50_ms", receipt.probe().p50());
        Json.put(probe, "p99_ms", receipt.probe().p99());
        Json.put(probe, "max_ms", receipt.probe().max());
        Json.put(json, "duration_ms", receipt.duration());
        return json;
    }
}
