package org.meridian.cli.view;

import org.meridian.core.model.ContainerUsage;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.operation.TopReport;
import org.meridian.core.operation.TopReport.Row;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What servers use, as JSON; docs/json.md describes it. */
final class TopJson {
    private TopJson() {}

    static ObjectNode of(TopReport report) {
        ObjectNode json = Json.object();
        json.put("at", report.at().toString());
        ArrayNode servers = json.putArray("servers");
        report.servers().forEach(row -> servers.add(server(row)));
        return json;
    }

    private static ObjectNode server(Row row) {
        ObjectNode json = Json.object();
        json.put("name", row.server().name().value());
        json.put("region", row.server().region().value());
        json.put("release", row.server().release().toString());
        json.put("weight", row.weight().percent());
        json.put("in_flight", row.inFlight());
        Json.number(json, "requests_per_second", row.answered().perSecond());
        Json.number(json, "error_percent", row.answered().errorPercent());
        Json.number(json, "p50_ms", row.answered().percentile(0.50));
        Json.number(json, "p95_ms", row.answered().percentile(0.95));
        Json.number(json, "p99_ms", row.answered().percentile(0.99));
        row.usage().ifPresentOrElse(usage -> usage(json, usage), () -> {
            json.putNull("cpu_percent");
            json.putNull("memory");
            json.putNull("disk");
            json.putArray("containers");
        });
        Json.put(json, "problem", row.problem());
        return json;
    }

    private static void usage(ObjectNode json, ServerUsage usage) {
        json.put("cpu_percent", usage.cpuPercent());
        json.set("memory", amount(usage.memory()));
        json.set("disk", amount(usage.disk()));
        ArrayNode containers = json.putArray("containers");
        usage.containers().forEach(container -> containers.add(container(container)));
    }

    private static ObjectNode amount(ServerUsage.Amount amount) {
        return Json.object().put("used_bytes", amount.used()).put("total_bytes", amount.total());
    }

    private static ObjectNode container(ContainerUsage container) {
        ObjectNode json = Json.object()
                .put("id", container.id())
                .put("service", container.service())
                .put("release", container.release().toString())
                .put("image", container.image())
                .put("state", container.state())
                .put("health", container.health())
                .put("cpu_percent", container.cpuPercent())
                .put("memory_bytes", container.memory())
                .put("restarts", container.restarts());
        ArrayNode processes = json.putArray("processes");
        container.processes().forEach(process -> processes
                .addObject()
                .put("pid", process.pid())
                .put("user", process.user())
                .put("command", process.command()));
        return json;
    }
}
