package org.meridian.drivers.cloudflare;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.meridian.drivers.cloudflare.FakeSteering.Choice;

/** The edge that users reach: steers each request as the load balancer says, and sends it to a real origin. */
final class FakeEdge implements AutoCloseable {
    private static final String COOKIE = "__cflb=";

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int BACKLOG = 1000;

    private final FakeSteering steering;
    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(requests)
            .build();

    FakeEdge(FakeSteering steering, Underway underway) {
        this.steering = steering;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> underway.run(() -> handle(exchange)));
        server.setExecutor(requests);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
        requests.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
        Optional<String> country =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("CF-IPCountry"));
        Optional<Choice> choice = steering.choose(country, session(cookies));
        if (choice.isEmpty()) {
            // "You will see a 530 HTTP/1016 Origin DNS failure."
            answer(exchange, 530);
            return;
        }
        try {
            pass(exchange, body, cookies, choice.get());
        } catch (IOException e) {
            Optional<Choice> other = steering.failover(country, choice.get());
            if (other.isEmpty()) {
                answer(exchange, 521);
            } else {
                pass(exchange, body, cookies, other.get());
            }
        }
    }

    private static Optional<String> session(List<String> cookies) {
        return cookies.stream()
                .flatMap(line -> List.of(line.split("; *", -1)).stream())
                .filter(cookie -> cookie.startsWith(COOKIE))
                .map(cookie -> cookie.substring(COOKIE.length()))
                .findFirst();
    }

    private void pass(HttpExchange exchange, byte[] body, List<String> cookies, Choice choice) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + choice.address() + exchange.getRequestURI()))
                .timeout(Duration.ofMinutes(10))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        cookies.forEach(cookie -> request.header("Cookie", cookie));
        try {
            HttpResponse<Void> response = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            for (String name : List.of("X-Served-By", "Set-Cookie")) {
                response.headers().allValues(name).forEach(value -> exchange.getResponseHeaders()
                        .add(name, value));
            }
            choice.newSession().ifPresent(session -> exchange.getResponseHeaders()
                    .add("Set-Cookie", COOKIE + session + "; Path=/; HttpOnly"));
            answer(exchange, response.statusCode());
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
