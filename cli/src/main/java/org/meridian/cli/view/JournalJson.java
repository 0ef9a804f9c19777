package org.meridian.cli.view;

import org.meridian.core.model.Act;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.JournalReport.Line;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Journals as JSON. */
final class JournalJson {
    private JournalJson() {}

    static ObjectNode of(JournalReport report) {
        ObjectNode json = ReportJson.rollout(report.rollout()).put("under_way", report.underWay());
        ArrayNode acts = json.putArray("acts");
        report.lines().forEach(line -> acts.add(line(line)));
        return json;
    }

    private static ObjectNode line(Line line) {
        ObjectNode json = act(line.act());
        json.put("at", line.at().toString());
        json.put("token", line.token());
        Json.put(json, "ended", line.end().map(Json::written));
        line.took().ifPresentOrElse(took -> Json.put(json, "took_ms", took), () -> json.putNull("took_ms"));
        Json.put(json, "problem", line.problem());
        return json;
    }

    /** An act; also what the status says was being done. */
    static ObjectNode act(Act act) {
        ObjectNode json = Json.object().put("act", Json.written(act.kind()));
        Json.put(json, "region", act.region());
        Json.put(json, "server", act.server());
        return json.put("detail", act.detail());
    }
}
