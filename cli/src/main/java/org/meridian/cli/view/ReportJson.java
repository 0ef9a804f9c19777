package org.meridian.cli.view;

import org.meridian.cli.doctor.Finding;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.StatusReport.RegionStatus;
import org.meridian.core.operation.StatusReport.ServerStatus;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reports as JSON, one object each; docs/json.md describes them. */
final class ReportJson {
    private ReportJson() {}

    static ObjectNode of(Report report) {
        return switch (report) {
            case Report.PlanMade made -> PlanJson.of(made.plan());
            case Report.Status status -> status(status.status());
            case Report.Releases releases -> releases(releases);
            case Report.Servers servers -> servers(servers);
            case Report.Checkup checkup -> checkup(checkup);
            case Report.Done done -> Json.object().put("done", done.line());
            case Report.Verbatim verbatim -> Json.object().put("text", verbatim.text());
        };
    }

    /** The status, whose names are stable. */
    private static ObjectNode status(StatusReport status) {
        ObjectNode json = Json.object();
        json.put("app", status.app().value());
        Json.put(json, "release", status.release());
        json.put("primary", status.primary().value());
        ArrayNode regions = json.putArray("regions");
        status.regions().forEach(region -> regions.add(region(region)));
        Json.put(json, "previous", status.previous());
        status.lockedBy()
                .ifPresentOrElse(
                        holder -> json.putObject("locked")
                                .put("by", holder.who())
                                .put("what", holder.what())
                                .put("since", holder.since().toString()),
                        () -> json.putNull("locked"));
        Json.put(json, "interrupted", status.interrupted());
        return json;
    }

    private static ObjectNode region(RegionStatus region) {
        ObjectNode json = Json.object();
        json.put("name", region.name().value());
        Json.put(json, "release", region.release());
        json.put("healthy", region.healthy());
        json.put("wanted", region.wanted());
        json.put("weight", region.weight().percent());
        ArrayNode servers = json.putArray("servers");
        region.servers().forEach(server -> servers.add(server(server)));
        return json;
    }

    private static ObjectNode server(ServerStatus server) {
        ObjectNode json = Json.object();
        json.put("name", server.name().value());
        json.put("release", server.release().toString());
        json.put("health", Json.written(server.health()));
        json.put("weight", server.weight().percent());
        Json.put(json, "address", server.address());
        return json;
    }

    private static ObjectNode releases(Report.Releases report) {
        ObjectNode json = Json.object();
        ArrayNode releases = json.putArray("releases");
        for (Release release : report.releases()) {
            ObjectNode one = releases.addObject();
            one.put("release", release.id().toString());
            one.put("label", release.label());
            one.put("revision", release.revision());
            one.put("created_at", release.createdAt().toString());
        }
        ArrayNode rollouts = json.putArray("rollouts");
        report.rollouts().forEach(rollout -> rollouts.add(rollout(rollout)));
        return json;
    }

    private static ObjectNode rollout(RolloutRecord rollout) {
        ObjectNode json = Json.object();
        json.put("rollout", rollout.number());
        json.put("kind", Json.written(rollout.kind()));
        Json.put(json, "from", rollout.from());
        json.put("to", rollout.to().toString());
        json.set("regions", Json.strings(rollout.regions().stream()));
        json.put("outcome", Json.written(rollout.outcome()));
        json.put("started_at", rollout.startedAt().toString());
        Json.put(json, "keep_until", rollout.keepUntil());
        return json;
    }

    private static ObjectNode servers(Report.Servers report) {
        ObjectNode json = Json.object();
        ArrayNode servers = json.putArray("servers");
        for (Server server : report.servers()) {
            ObjectNode one = servers.addObject();
            one.put("name", server.name().value());
            one.put("region", server.region().value());
            one.put("release", server.release().toString());
            one.put("state", Json.written(server.state()));
            Json.put(one, "address", server.address());
        }
        return json;
    }

    private static ObjectNode checkup(Report.Checkup report) {
        ObjectNode json = Json.object();
        json.put("ok", report.findings().stream().noneMatch(finding -> finding.level() == Finding.Level.FAIL));
        ArrayNode checks = json.putArray("checks");
        for (Finding finding : report.findings()) {
            ObjectNode one = checks.addObject();
            one.put("check", finding.check());
            one.put("level", finding.level().written());
            one.put("text", finding.text());
            one.put("mend", finding.mend());
        }
        return json;
    }
}
