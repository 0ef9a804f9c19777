package org.meridian.drivers.prometheus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reads what Prometheus answers to an instant query (Prometheus documentation, HTTP API, format overview). */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int LONGEST_DETAIL = 1000;

    private Answers() {}

    /** The series, none for an empty result; throws a Failure for an error or for anything that is no such answer. */
    static List<Series> series(Query query, int status, String body) {
        JsonNode answer = parse(query, status, body);
        if (status != OK || !answer.path("status").asString("").equals("success")) {
            throw refused(query, status, answer, body);
        }
        JsonNode data = answer.path("data");
        return switch (data.path("resultType").asString("")) {
            case "vector" -> vector(query, data.path("result"));
            case "scalar" -> List.of(new Series(Map.of(), number(query, data.path("result"))));
            default ->
                throw failure(
                        "prometheus-answer",
                        query,
                        "gives neither a vector nor a number",
                        "Write a query for counters at one instant, without a range such as [5m] around it all.",
                        body);
        };
    }

    private static JsonNode parse(Query query, int status, String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw failure(
                    "prometheus-answer",
                    query,
                    "got HTTP " + status + " and no JSON",
                    "See whether the address is that of a Prometheus server.",
                    body);
        }
    }

    private static List<Series> vector(Query query, JsonNode result) {
        List<Series> series = new ArrayList<>();
        for (JsonNode element : result) {
            Map<String, String> labels = new HashMap<>();
            element.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asString("")));
            series.add(new Series(labels, number(query, element.path("value"))));
        }
        return series;
    }

    /** A value is a pair of a time and a number in quotes, which may be {@code NaN}, {@code +Inf} or {@code -Inf}. */
    private static double number(Query query, JsonNode value) {
        String text = value.path(1).asString("");
        try {
            return Double.parseDouble(text.replace("Inf", "Infinity"));
        } catch (NumberFormatException e) {
            throw failure(
                    "prometheus-answer",
                    query,
                    "gives '" + text + "', which is no number",
                    "Try the query in Prometheus itself, and fix it in meridian.yml.",
                    "");
        }
    }

    private static Failure refused(Query query, int status, JsonNode answer, String body) {
        String error = answer.path("error").asString("");
        String type = answer.path("errorType").asString("");
        return failure(
                "prometheus-refused",
                query,
                "got HTTP " + status + (type.isEmpty() ? "" : " (" + type + ")"),
                "Try the query in Prometheus itself, and fix it in meridian.yml.",
                error.isEmpty() ? body : error);
    }

    static Failure failure(String code, Query query, String what, String suggestion, String detail) {
        String shortened = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) + " …" : detail;
        return Failure.of(Diagnostic.of(code, "Prometheus: the query for " + query.purpose() + " " + what, suggestion)
                .withDetail((shortened.isBlank() ? "" : shortened.strip() + "\n") + "query: " + query.text()));
    }
}
