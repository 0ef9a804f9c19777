package org.meridian.cli.view;

import java.util.Locale;
import org.meridian.core.operation.KeyReport;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keys as JSON: public ones and fingerprints. */
final class KeysJson {
    private KeysJson() {}

    static ObjectNode of(KeyReport report) {
        ObjectNode json = Json.object();
        json.put("key", report.current())
                .put("fingerprint", KeysText.fingerprint(report.current()))
                .put("source", report.source());
        report.rotation().ifPresent(rotation -> json.putObject("rotation")
                .put("from", KeysText.fingerprint(rotation.from()))
                .put("to", KeysText.fingerprint(rotation.to()))
                .put("phase", rotation.phase().name().toLowerCase(Locale.ROOT))
                .put("by", rotation.who())
                .put("since", rotation.since().toString()));
        ArrayNode machines = json.putArray("machines");
        for (KeyReport.At at : report.places()) {
            ObjectNode one = machines.addObject().put("name", at.name());
            at.problem().ifPresent(problem -> one.put("problem", problem.summary()));
            one.set("accepts", Json.strings(at.lines().stream().map(KeysText::fingerprint)));
        }
        return json;
    }
}
