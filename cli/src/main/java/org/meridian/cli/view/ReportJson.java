package org.meridian.cli.view;

import java.util.List;
import org.meridian.cli.doctor.Finding;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.operation.Orphans.Orphan;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reports as JSON, one object each; docs/json.md describes them. */
final class ReportJson {
    private ReportJson() {}

    static ObjectNode of(Report report) {
        return switch (report) {
            case Report.PlanMade made -> PlanJson.of(made);
            case Report.Status status -> StatusJson.of(status.status());
            case Report.Releases releases -> releases(releases);
            case Report.Servers servers -> servers(servers);
            case Report.Machines machines -> MachinesView.json(machines.machines());
            case Report.Environment environment -> EnvironmentView.json(environment.environment());
            case Report.Secrets secrets -> SecretsJson.list(secrets.secrets());
            case Report.Jobs jobs -> JobsJson.of(jobs.jobs());
            case Report.JobRuns runs -> JobsJson.of(runs.runs());
            case Report.Keys keys -> KeysJson.of(keys.keys());
            case Report.SecretsDiff diff -> SecretsJson.diff(diff.secrets());
            case Report.Orphans orphans -> orphans(orphans);
            case Report.Lock lock -> {
                ObjectNode json = Json.object();
                json.set("locked", StatusJson.lock(lock.holder()));
                yield json;
            }
            case Report.Journal journal -> JournalJson.of(journal.journal());
            case Report.Simulated simulated -> SimulationJson.of(simulated.app(), simulated.forecast());
            case Report.Checkup checkup -> checkup(checkup);
            case Report.Top top -> TopJson.of(top.top());
            case Report.Audit audit -> audit(audit.entries());
            case Report.Started started -> StarterJson.of(started.file(), started.starter());
            case Report.Accessories accessories -> AccessoriesView.json(accessories.accessories());
            case Report.Done done -> Json.object().put("done", done.line());
            case Report.Verbatim verbatim -> Json.object().put("text", verbatim.text());
        };
    }

    private static ObjectNode audit(List<AuditEntry> entries) {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("entries");
        for (AuditEntry entry : entries) {
            ObjectNode one = all.addObject();
            one.put("at", entry.at().toString());
            one.put("who", entry.who());
            one.put("action", entry.action());
            one.set("where", Json.strings(entry.where().stream()));
            one.put("what", entry.what());
        }
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

    /** What is remembered of a rollout. */
    static ObjectNode rollout(RolloutRecord rollout) {
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

    private static ObjectNode orphans(Report.Orphans report) {
        ObjectNode json = Json.object();
        ArrayNode orphans = json.putArray("orphans");
        report.orphans().forEach(orphan -> orphans.add(orphan(orphan)));
        return json;
    }

    /** A server that no release accounts for. */
    static ObjectNode orphan(Orphan orphan) {
        return Json.object()
                .put("server", orphan.server().value())
                .put("region", orphan.region().value())
                .put("release", orphan.release().toString());
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
            one.put("fix", finding.fix());
        }
        return json;
    }
}
