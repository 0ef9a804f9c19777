package org.meridian.drivers.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MetricSettings;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/** A server that answers in the format that Prometheus documents; PrometheusWorldTest asks a real one. */
final class PrometheusMetricsTest {
    private static final RegionName EU = new RegionName("eu");
    private static final ServerName A = new ServerName("a");
    private static final String REQUESTS = "requests{r=\"$region\",s=\"$server\"}";
    private static final String ERRORS = "errors{s=\"$server\"}";
    private static final String LATENCY = "latency{s=\"$server\"}";
    private static final String EMPTY = vector();

    private final Map<String, String> answers = new HashMap<>();
    /** Once the first is asked for, the second is 500. */
    private final Map<String, String> arriving = new HashMap<>();

    private final Queue<Map<String, String>> asked = new ConcurrentLinkedQueue<>();
    private int status = 200;
    private HttpServer server;
    private PrometheusMetrics metrics;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/prometheus/api/v1/query", this::answer);
        server.start();
        metrics = metrics(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prometheus/"));
        answers.put(
                "time()",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1767225600.5,\"1767225600.5\"]}}");
        answers.put(
                "requests{r=\"eu\",s=\"a\"}",
                vector("{},\"value\":[0,\"100\"]", "{\"path\":\"/\"},\"value\":[0,\"20\"]"));
        answers.put("errors{s=\"a\"}", vector("{},\"value\":[0,\"3\"]"));
        answers.put("latency{s=\"a\"}", EMPTY);
    }

    @AfterEach
    void stop() {
        metrics.close();
        server.stop(0);
    }

    @Test
    void adds_up_series_and_asks_all_about_one_instant() throws InterruptedException {
        assertThat(metrics.read(EU)).containsExactly(new OriginMetrics(A, 120, 3, new TreeMap<>()));

        assertThat(asked).hasSize(5);
        assertThat(asked.stream().skip(1))
                .allMatch(form -> form.getOrDefault("time", "").equals("1767225600.5"));
        assertThat(asked).allMatch(form -> form.getOrDefault("timeout", "").equals("8s"));
    }

    @Test
    void reads_a_histogram_in_seconds_whose_last_bound_is_infinite() throws InterruptedException {
        answers.put(
                "latency{s=\"a\"}",
                vector(
                        "{\"le\":\"0.25\",\"i\":\"1\"},\"value\":[0,\"40\"]",
                        "{\"le\":\"0.25\",\"i\":\"2\"},\"value\":[0,\"2\"]",
                        "{\"le\":\"1e+00\"},\"value\":[0,\"118\"]",
                        "{\"le\":\"+Inf\"},\"value\":[0,\"120\"]"));

        assertThat(metrics.read(EU).getFirst().latencies())
                .isEqualTo(Map.of(Duration.ofMillis(250), 42L, Duration.ofSeconds(1), 118L));
    }

    @Test
    void leaves_out_a_server_that_a_query_gives_nothing_for() throws InterruptedException {
        answers.put("errors{s=\"a\"}", EMPTY);
        assertThat(metrics.read(EU)).isEmpty();

        answers.put("errors{s=\"a\"}", vector("{},\"value\":[0,\"0\"]"));
        answers.put("requests{r=\"eu\",s=\"a\"}", EMPTY);
        assertThat(metrics.read(EU)).isEmpty();
    }

    @Test
    void reads_again_when_a_scrape_came_in_between() throws InterruptedException {
        arriving.put("latency{s=\"a\"}", "requests{r=\"eu\",s=\"a\"}");

        assertThat(metrics.read(EU)).containsExactly(new OriginMetrics(A, 500, 3, new TreeMap<>()));
    }

    @Test
    void repeats_prometheus_own_words() {
        answers.put(
                "errors{s=\"a\"}", "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"too many samples\"}");

        assertThatThrownBy(() -> metrics.read(EU))
                .isInstanceOf(Failure.class)
                .hasMessage("Prometheus: the query for errors got HTTP 200 (execution)")
                .satisfies(e -> assertThat(((Failure) e).diagnostic().detail())
                        .isEqualTo("too many samples\nquery: errors{s=\"a\"}"));
    }

    @Test
    void tells_the_status_of_an_answer_that_is_not_from_prometheus() {
        status = 502;
        answers.put("time()", "<html>Bad gateway</html>");

        assertThatThrownBy(() -> metrics.read(EU))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("got HTTP 502 and no JSON");
    }

    @Test
    void refuses_what_is_no_count() {
        answers.put("requests{r=\"eu\",s=\"a\"}", vector("{},\"value\":[0,\"NaN\"]"));
        assertRefused("gives NaN, which is no count");
        answers.put("requests{r=\"eu\",s=\"a\"}", vector("{},\"value\":[0,\"+Inf\"]"));
        assertRefused("gives Infinity, which is no count");
        answers.put(
                "requests{r=\"eu\",s=\"a\"}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}");
        assertRefused("gives neither a vector nor a number");
    }

    @Test
    void refuses_a_histogram_without_bounds() {
        answers.put("latency{s=\"a\"}", vector("{},\"value\":[0,\"2\"]"));
        assertRefused("gives a series without the label le");
        answers.put("latency{s=\"a\"}", vector("{\"le\":\"much\"},\"value\":[0,\"2\"]"));
        assertRefused("gives the bound le=\"much\"");
    }

    @Test
    void tells_that_nobody_listens() {
        server.stop(0);

        assertThatThrownBy(() -> metrics.read(EU)).isInstanceOf(Failure.class).hasMessageContaining("can't be reached");
    }

    @Test
    void a_name_can_not_leave_its_quotes() {
        assertThat(Query.escaped("a\"} or vector(1) #\\'\n")).isEqualTo("a\\\"} or vector(1) #\\\\\\'\\n");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> metrics.read(EU)).isInstanceOf(Failure.class).hasMessageContaining(message);
    }

    private static PrometheusMetrics metrics(URI address) {
        return new PrometheusMetrics(
                new MetricSettings.Prometheus(address, REQUESTS, ERRORS, LATENCY), region -> List.of(A));
    }

    private static String vector(String... series) {
        List<String> elements =
                List.of(series).stream().map(one -> "{\"metric\":" + one + "}").toList();
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + String.join(",", elements)
                + "]}}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> form = new HashMap<>();
        for (String field : new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&", -1)) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        asked.add(form);
        Optional.ofNullable(arriving.remove(form.getOrDefault("query", "")))
                .ifPresent(changed -> answers.put(changed, vector("{},\"value\":[0,\"500\"]")));
        byte[] body =
                answers.getOrDefault(form.get("query"), "no answer for " + form).getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
