package org.meridian.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WebServerTest {
    private static final Identity IDENTITY = new Identity("us", "us-1", "r7", "v1");
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Function<Request, Response> routes = _ -> Response.seeOther("/");
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        server = WebServer.start(0, request -> routes.apply(request), IDENTITY);
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ZERO);
        client.close();
    }

    @Test
    void signsEveryAnswer() throws Exception {
        routes = request -> Response.of(404, "text/plain", request.path().getBytes(UTF_8));

        HttpResponse<String> response = send(request("/x?y=z").GET());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("X-Served-By")).hasValue("us/us-1/r7");
        assertThat(response.body()).isEqualTo("/x");
    }

    @Test
    void passesOnWhatIsPosted() throws Exception {
        routes = request -> Response.of(200, "text/plain", request.body().getBytes(UTF_8));

        HttpResponse<String> response = send(request("/").POST(HttpRequest.BodyPublishers.ofString("ü")));

        assertThat(response.body()).isEqualTo("ü");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        routes = _ -> Response.of(200, "text/plain", new byte[5]);

        HttpResponse<String> response = send(request("/").HEAD());

        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Length")).hasValue("5");
    }

    @Test
    void refusesWhatIsTooLong() throws Exception {
        byte[] body = new byte[256 * 1024 + 1];
        HttpResponse<String> response = send(request("/").POST(HttpRequest.BodyPublishers.ofByteArray(body)));

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void stoppingWaitsForTheRequestInHand() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        routes = _ -> {
            begun.countDown();
            await(mayEnd);
            return Response.of(200, "text/plain", "done".getBytes(UTF_8));
        };
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request("/").GET().build(), HttpResponse.BodyHandlers.ofString());
        await(begun);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(15)));
        awaitRefusal();
        assertThat(stopped).isNotDone();
        mayEnd.countDown();

        assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
        stopped.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aUserWhoHungUpDoesNotHoldItUp() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        routes = _ -> {
            begun.countDown();
            await(gone);
            return Response.of(200, "text/plain", new byte[16 << 20]);
        };
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: journal\r\n\r\n".getBytes(UTF_8));
            await(begun);
            client.setSoLinger(true, 0);
        }
        gone.countDown();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.stop(Duration.ofMinutes(1)));

        stopped.get(10, TimeUnit.SECONDS);
    }

    /** New connections are refused as soon as the server has begun to stop. */
    private void awaitRefusal() throws InterruptedException {
        boolean accepts = true;
        while (accepts) {
            try (HttpClient another = HttpClient.newHttpClient()) {
                another.send(
                        request("/").timeout(Duration.ofMillis(100)).GET().build(),
                        HttpResponse.BodyHandlers.discarding());
            } catch (ConnectException _) {
                accepts = false;
            } catch (IOException _) {
                // still accepted, and waits
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
