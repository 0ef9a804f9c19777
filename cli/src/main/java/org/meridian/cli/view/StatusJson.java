package org.meridian.cli.view;

import java.util.Optional;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.StatusReport.Kept;
import org.meridian.core.operation.StatusReport.RegionStatus;
import org.meridian.core.operation.StatusReport.ServerStatus;
import org.meridian.core.operation.Unfinished;
import org.meridian.core.spi.FleetView.Unseen;
import org.meridian.core.spi.StateStore.Holder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The status as JSON, whose names are stable; docs/json.md describes them. */
final class StatusJson {
    private StatusJson() {}

    static ObjectNode of(StatusReport status) {
        ObjectNode json = Json.object();
        json.put("app", status.app().value());
        Json.put(json, "release", status.release());
        json.put("primary", status.primary().value());
        ArrayNode regions = json.putArray("regions");
        status.regions().forEach(region -> regions.add(region(region)));
        Json.put(json, "previous", status.kept().map(Kept::release));
        json.set("kept", orNull(status.kept().map(StatusJson::kept)));
        json.set("locked", lock(status.lockedBy()));
        Json.put(json, "interrupted", status.unfinished().map(Unfinished::sentence));
        json.set("unfinished", orNull(status.unfinished().map(StatusJson::unfinished)));
        json.set("approval", orNull(status.approval().map(ReportJson::rollout)));
        ArrayNode orphans = json.putArray("orphans");
        status.orphans().forEach(orphan -> orphans.add(ReportJson.orphan(orphan)));
        ArrayNode unseen = json.putArray("unseen");
        status.unseen().forEach(part -> unseen.add(unseen(part)));
        json.set("services", ServicesJson.of(status.services()));
        return json;
    }

    private static ObjectNode unseen(Unseen part) {
        return Json.object()
                .put("region", part.region().value())
                .put("code", part.why().code())
                .put("summary", part.why().summary())
                .put("suggestion", part.why().suggestion());
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

    private static ObjectNode kept(Kept kept) {
        ObjectNode json = Json.object().put("release", kept.release().toString());
        Json.put(json, "until", kept.until());
        return json.put("servers", kept.servers()).put("of", kept.of());
    }

    /** Who holds the lock, or null; also what 'lock status' tells. */
    static JsonNode lock(Optional<Holder> lock) {
        return orNull(lock.map(holder -> Json.object()
                .put("by", holder.who())
                .put("what", holder.what())
                .put("since", holder.since().toString())
                .put("message", holder.message())
                .put("kept", holder.kept())));
    }

    private static ObjectNode unfinished(Unfinished unfinished) {
        ObjectNode json = ReportJson.rollout(unfinished.rollout());
        ArrayNode during = json.putArray("during");
        unfinished.during().forEach(act -> during.add(JournalJson.act(act)));
        json.set("finish", orNull(unfinished.finish().map(StatusJson::work)));
        json.set("undo", work(unfinished.undo()));
        return json;
    }

    private static ObjectNode work(Unfinished.Work work) {
        return Json.object()
                .put("create", work.create())
                .put("prepare", work.prepare())
                .put("shift", work.shift())
                .put("remove", work.remove());
    }

    private static JsonNode orNull(Optional<ObjectNode> json) {
        return json.<JsonNode>map(present -> present).orElse(NullNode.getInstance());
    }
}
