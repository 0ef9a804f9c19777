package org.meridian.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.MetricSettings;
import org.meridian.core.model.MetricSettings.Edge;
import org.meridian.core.model.MetricSettings.Prometheus;

/** Reads where a canary's requests, errors and latencies are counted. */
final class MetricsReader {
    private static final String EXAMPLE =
            "Write 'prometheus: { url: …, requests: …, errors: …, latency: … }' below it.";
    private static final String SERVER = "$server";

    private MetricsReader() {}

    static MetricSettings read(Optional<Field> metrics, boolean needed) {
        metrics.filter(field -> field.isMapping() && !needed)
                .ifPresent(field -> field.warning(
                        "unused",
                        "nothing is counted without a canary",
                        "Write 'canary' under 'rollout', or leave this out."));
        return metrics.flatMap(field -> field.isMapping() ? prometheus(field.section()) : word(field))
                .orElseGet(Edge::new);
    }

    private static Optional<MetricSettings> word(Field field) {
        if (field.text().filter("prometheus"::equals).isPresent()) {
            field.error("missing-key", "prometheus needs an address and queries", EXAMPLE);
            return Optional.empty();
        }
        return field.isList() ? Optional.empty() : field.oneOf(List.of("edge")).map(word -> new Edge());
    }

    private static Optional<MetricSettings> prometheus(Section metrics) {
        Section prometheus = metrics.requireSection("prometheus", EXAMPLE);
        Optional<URI> url = prometheus
                .require("url", "Write its address, such as 'url: http://127.0.0.1:9090'.")
                .flatMap(WebAddress::base);
        Optional<String> requests = query(prometheus, "requests", "http_requests_total");
        Optional<String> errors = query(prometheus, "errors", "http_errors_total");
        Optional<String> latency = query(prometheus, "latency", "http_request_duration_seconds_bucket");
        if (url.isEmpty() || requests.isEmpty() || errors.isEmpty() || latency.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Prometheus(url.get(), requests.get(), errors.get(), latency.get()));
    }

    /** A query that does not tell servers apart would say the same of the new release and of the former one. */
    private static Optional<String> query(Section prometheus, String key, String metric) {
        String example = "Write a query such as " + metric + "{server=\"" + SERVER + "\"}.";
        return prometheus.require(key, example).flatMap(field -> field.text().filter(text -> {
            boolean fits = text.contains(SERVER);
            if (!fits) {
                field.error("wrong-value", "the query does not ask for one server: it has no " + SERVER, example);
            }
            return fits;
        }));
    }
}
