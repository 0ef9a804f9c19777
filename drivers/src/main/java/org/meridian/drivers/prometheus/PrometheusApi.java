package org.meridian.drivers.prometheus;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.http.WholeAnswer;

/** Asks a Prometheus server instant queries, each with a time limit. */
final class PrometheusApi implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** What Prometheus gives up after, so that its own words arrive before our limit. */
    private static final String QUERY_LIMIT = "8s";

    private static final Query TIME = new Query("the time", "time()");

    private final URI address;
    private final URI endpoint;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** A server at this base address, which may have a path. */
    PrometheusApi(URI address) {
        this.address = requireNonNull(address, "address is null");
        this.endpoint = URI.create(address.toString().replaceFirst("/+$", "") + "/api/v1/query");
    }

    /** The time by the server's clock, in seconds since 1970, to ask several queries about one instant. */
    String now() throws InterruptedException {
        return time(ask(TIME, ""));
    }

    /** The time that was answered; throws a Failure for what is none. */
    static String time(List<Series> answer) {
        double seconds = answer.isEmpty() ? Double.NaN : answer.getFirst().value();
        if (!Double.isFinite(seconds)) {
            throw Answers.failure(
                    "prometheus-answer",
                    TIME,
                    "gives " + (answer.isEmpty() ? "nothing" : Double.toString(seconds)),
                    "See whether the address is that of a Prometheus server.",
                    "");
        }
        return BigDecimal.valueOf(seconds).toPlainString();
    }

    /** The result of a query at a time. */
    List<Series> ask(Query query, String time) throws InterruptedException {
        String form = "query=" + encoded(query.text()) + "&timeout=" + QUERY_LIMIT
                + (time.isEmpty() ? "" : "&time=" + encoded(time));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(ANSWER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> response = WholeAnswer.of(client, request, ANSWER);
            return Answers.series(query, response.statusCode(), response.body());
        } catch (HttpTimeoutException e) {
            throw unreachable("gave no answer within " + Durations.spoken(ANSWER), e);
        } catch (IOException e) {
            throw unreachable("can't be reached", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Failure unreachable(String what, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return Failure.noAnswer(
                Diagnostic.of(
                                "prometheus-unreachable",
                                "Prometheus at " + address + " " + what,
                                "See whether it runs and whether this machine may connect to it.")
                        .withDetail(reason),
                cause);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
