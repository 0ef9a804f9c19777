package org.meridian.drivers.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Notifier;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Timeout(600)
class NotifierTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Map<String, String> FACTS = Map.of("app", "journal", "rollout", "7");
    private static final int HANG = 0;

    private final HttpServer server = listen();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);

    private record Request(String method, String path, String type, String body) {}

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void a_webhook_gets_the_facts_and_the_sentence_as_json() throws InterruptedException {
        webhook(AMPLE).tell("journal: r2 is \"out\" — done", FACTS);

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/verysecret?token=verysecret");
            assertThat(request.type()).isEqualTo("application/json; charset=utf-8");
            assertThat(facts(request.body()))
                    .isEqualTo(Map.of("app", "journal", "rollout", "7", "text", "journal: r2 is \"out\" — done"));
        });
    }

    @Test
    void slack_gets_a_text_in_which_nothing_is_markup() throws InterruptedException {
        slack(AMPLE).tell("r2 <!channel> & <http://x|y>", FACTS);

        assertThat(requests).singleElement().satisfies(request -> assertThat(facts(request.body()))
                .isEqualTo(Map.of("text", "r2 &lt;!channel&gt; &amp; &lt;http://x|y&gt;")));
    }

    @Test
    void a_server_in_trouble_is_asked_a_second_time() throws InterruptedException {
        answers.addAll(List.of(503, 204));

        slack(AMPLE).tell("x", FACTS);

        assertThat(requests).hasSize(2);
    }

    @Test
    void a_server_that_stays_in_trouble_is_not_asked_a_third_time() {
        answers.addAll(List.of(500, 502, 200));

        assertThat(failure(webhook(AMPLE)).diagnostic().summary()).isEqualTo("a webhook was not told: it answered 502");
        assertThat(requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307, 308, 400, 403, 404, 410, 429})
    void what_another_try_would_not_change_is_not_tried_again_and_redirects_are_not_followed(int status) {
        answers.add(status);

        assertThat(failure(slack(AMPLE)).diagnostic().summary()).isEqualTo("Slack was not told: it answered " + status);
        assertThat(requests).hasSize(1);
    }

    @Test
    void no_answer_in_time_is_tried_once_more_and_then_told() {
        answers.addAll(List.of(HANG, HANG));

        assertThat(failure(slack(Duration.ofMillis(400))).diagnostic().summary())
                .isEqualTo("Slack was not told: it did not answer within 400 ms");
        assertThat(requests).hasSize(2);
    }

    @Test
    void a_server_that_is_not_there_is_told() {
        server.stop(0);

        assertThat(failure(webhook(AMPLE)).diagnostic().summary())
                .isEqualTo("a webhook was not told: it can't be reached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verysecret", "https://verysecret host/", "ftp://verysecret/", "https:///verysecret"})
    void an_address_that_is_none_is_not_repeated(String address) {
        assertThat(failure(new SlackNotifier(Secret.of(address))).diagnostic().summary())
                .isEqualTo("Slack was not told: its address is not one of http or https");
    }

    @Test
    void an_interrupted_thread_stops_waiting() throws Exception {
        answers.add(HANG);
        var caught = new CompletableFuture<Throwable>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                slack(AMPLE).tell("x", FACTS);
            } catch (InterruptedException | RuntimeException e) {
                caught.complete(e);
            }
        });
        asked.await();

        thread.interrupt();

        assertThat(caught.get(300, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    /** Of everything that could be printed about a failure, nothing has the address. */
    private static Failure failure(Notifier notifier) {
        Failure failure = Optional.ofNullable(catchThrowableOfType(Failure.class, () -> notifier.tell("x", FACTS)))
                .orElseThrow();
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace + failure.diagnostics().toString()).doesNotContain("verysecret");
        assertThat(failure.diagnostic().code()).isEqualTo("notification-failed");
        assertThat(failure.diagnostic().suggestion()).isNotBlank();
        return failure;
    }

    private Notifier slack(Duration within) {
        return new SlackNotifier(address(), within);
    }

    private Notifier webhook(Duration within) {
        return new WebhookNotifier(address(), within);
    }

    private Secret address() {
        return Secret.of("http://127.0.0.1:" + server.getAddress().getPort() + "/verysecret?token=verysecret");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                body));
        asked.countDown();
        int status = Optional.ofNullable(answers.poll()).orElse(200);
        if (status == HANG) {
            hang();
        }
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status == HANG ? 200 : status, -1);
        exchange.close();
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer listen() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> facts(String json) {
        return JsonMapper.shared().readValue(json, new TypeReference<Map<String, String>>() {});
    }
}
