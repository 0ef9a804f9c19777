package org.meridian.cli.view;

import org.meridian.core.operation.ServicesReport;
import org.meridian.core.operation.ServicesReport.KeptRow;
import org.meridian.core.operation.ServicesReport.Unasked;
import org.meridian.core.operation.ServicesReport.WorkerRow;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an app does beside answering requests as JSON; docs/json.md describes it. */
final class ServicesJson {
    private ServicesJson() {}

    static ObjectNode of(ServicesReport services) {
        ObjectNode json = Json.object();
        ArrayNode workers = json.putArray("workers");
        services.workers().forEach(row -> workers.add(worker(row)));
        ArrayNode jobs = json.putArray("jobs");
        services.jobs().forEach(row -> jobs.add(JobsJson.row(row)));
        ArrayNode kept = json.putArray("kept");
        services.kept().forEach(row -> kept.add(kept(row)));
        ArrayNode unasked = json.putArray("unasked");
        services.unasked().forEach(one -> unasked.add(unasked(one)));
        return json;
    }

    private static ObjectNode worker(WorkerRow row) {
        ObjectNode json = Json.object()
                .put("name", row.name())
                .put("region", row.region().value())
                .put("server", row.server().value())
                .put("release", row.release().toString())
                .put("state", Json.written(row.state()))
                .put("running", row.running())
                .put("containers", row.containers().size())
                .put("restarts", row.restarts());
        Json.put(json, "since", row.since());
        return json;
    }

    private static ObjectNode kept(KeptRow row) {
        ObjectNode json = Json.object()
                .put("name", row.name())
                .put("region", row.region().value())
                .put("machine", row.machine())
                .put("state", row.state())
                .put("well", row.well());
        Json.put(json, "since", row.since());
        json.set("data", Json.strings(row.data().stream()));
        return json;
    }

    private static ObjectNode unasked(Unasked one) {
        return Json.object()
                .put("region", one.region().value())
                .put("name", one.name())
                .put("why", one.why());
    }
}
