package org.meridian.cli.view;

import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.SecretsReport.Difference;
import org.meridian.core.operation.SecretsReport.From;
import org.meridian.core.operation.SecretsReport.InRegion;
import org.meridian.core.operation.SecretsReport.Named;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Secrets as JSON; there is no value in it. */
final class SecretsJson {
    private SecretsJson() {}

    static ObjectNode list(SecretsReport report) {
        ObjectNode json = Json.object();
        ArrayNode regions = json.putArray("regions");
        for (InRegion region : report.regions()) {
            ObjectNode one = regions.addObject();
            one.put("name", region.region().value());
            ArrayNode sources = one.putArray("sources");
            region.sources().forEach(source -> sources.add(source(source)));
            ArrayNode names = one.putArray("secrets");
            for (Named named : region.names()) {
                names.add(source(named.from()).put("name", named.name()));
            }
            one.set("missing", Json.strings(region.missing().stream()));
        }
        return json;
    }

    private static ObjectNode source(From from) {
        return Json.object().put("from", from.reference()).put("version", from.version());
    }

    static ObjectNode diff(SecretsReport report) {
        ObjectNode json = Json.object();
        ArrayNode differ = json.putArray("differ");
        for (Difference difference : report.differences()) {
            ObjectNode one = differ.addObject().put("name", difference.name());
            ArrayNode alike = one.putArray("alike");
            difference.alike().forEach(group -> alike.add(Json.strings(group.stream())));
            one.set("without", Json.strings(difference.without().stream()));
        }
        json.set("same", Json.strings(report.same().stream()));
        return json;
    }
}
