package org.meridian.load;

import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What came of a run, as one line of JSON. */
final class Summary {
    private Summary() {}

    static String json(Tally tally, int rate, Duration took) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("sent", tally.all().count());
            json.writeNumberProperty("failed", tally.failed());
            json.writeNumberProperty("failed_seconds", tally.failedSeconds());
            json.writeNumberProperty("rate", rate);
            json.writeNumberProperty("duration_ms", took.toMillis());
            latencies(json, "all", tally.all());
            latencies(json, "fast", tally.fast());
            kinds(json, tally);
            counts(json, "by_status", tally.statuses());
            counts(json, "by_server", tally.servers());
            failures(json, tally);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void latencies(JsonGenerator json, String name, Latencies latencies) {
        json.writeObjectPropertyStart(name);
        percentiles(json, latencies);
        json.writeEndObject();
    }

    private static void percentiles(JsonGenerator json, Latencies latencies) {
        json.writeNumberProperty("p50_ms", latencies.percentileMillis(50));
        json.writeNumberProperty("p99_ms", latencies.percentileMillis(99));
        json.writeNumberProperty("max_ms", latencies.maxMillis());
    }

    private static void kinds(JsonGenerator json, Tally tally) {
        json.writeObjectPropertyStart("by_kind");
        tally.kinds().forEach((kind, ended) -> {
            json.writeObjectPropertyStart(kind.toString());
            json.writeNumberProperty("sent", ended.latencies().count());
            json.writeNumberProperty("failed", ended.failed());
            percentiles(json, ended.latencies());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, String name, Map<String, Long> counts) {
        json.writeObjectPropertyStart(name);
        counts.forEach(json::writeNumberProperty);
        json.writeEndObject();
    }

    private static void failures(JsonGenerator json, Tally tally) {
        json.writeArrayPropertyStart("failures");
        for (Outcome failure : tally.failures()) {
            json.writeStartObject();
            json.writeNumberProperty("epoch_ms", failure.dueMillis());
            json.writeNumberProperty("after_ms", failure.latencyMicros() / 1000);
            json.writeStringProperty("kind", failure.call().kind().toString());
            json.writeStringProperty("path", failure.call().path());
            json.writeStringProperty("country", failure.call().country());
            json.writeStringProperty("problem", failure.problem());
            json.writeStringProperty("served_by", failure.servedBy());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
