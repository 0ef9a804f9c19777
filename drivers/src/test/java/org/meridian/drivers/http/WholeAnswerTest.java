package org.meridian.drivers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WholeAnswerTest {
    private static final Duration NEVER_ENDS = Duration.ofMinutes(3);

    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/short", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/stops", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        server.createContext("/endless", WholeAnswerTest::writeForEver);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        client.shutdownNow();
        server.stop(0);
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void writeForEver(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] some = new byte[65_536];
        while (true) {
            exchange.getResponseBody().write(some);
        }
    }

    @Test
    void a_whole_answer_is_given() throws IOException, InterruptedException {
        assertThat(WholeAnswer.of(client, request("/short"), NEVER_ENDS).body()).isEqualTo("ok");
    }

    @Test
    void a_body_that_stops_in_the_middle_ends_with_the_limit() {
        assertTimeoutPreemptively(NEVER_ENDS, () -> assertThatThrownBy(
                        () -> WholeAnswer.of(client, request("/stops"), Duration.ofMillis(200)))
                .isInstanceOf(HttpTimeoutException.class));
    }

    @Test
    void a_body_that_never_ends_is_refused_before_it_fills_the_memory() {
        assertTimeoutPreemptively(
                NEVER_ENDS, () -> assertThatThrownBy(() -> WholeAnswer.of(client, request("/endless"), NEVER_ENDS))
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(HttpTimeoutException.class));
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.getAddress().getPort() + path))
                .build();
    }
}
