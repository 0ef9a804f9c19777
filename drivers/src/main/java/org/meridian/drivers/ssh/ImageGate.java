package org.meridian.drivers.ssh;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.meridian.core.model.Secret;

/**
 * Stands before the registry of this machine while servers take images from it: whoever else is on a server can reach the
 * tunnel's port too, so it wants a password that is made for this process, and it lets nobody write.
 */
final class ImageGate implements AutoCloseable {
    private static final String USER = "meridian";
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Set<String> READING = Set.of("GET", "HEAD");
    /** What of a request and of an answer is passed on; the rest is between neighbours. */
    private static final List<String> ASKED = List.of("Accept", "Range", "If-Range");

    private static final List<String> ANSWERED = List.of(
            "Content-Type",
            "Content-Range",
            "Accept-Ranges",
            "ETag",
            "Docker-Content-Digest",
            "Docker-Distribution-Api-Version");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(ANSWER)
            .build();
    private final LongAdder sent = new LongAdder();
    private final int registry;
    private final String login;
    private final HttpServer server;
    private final PlainDoor door;

    /** Opens it on a free port of 127.0.0.1, before the registry at another one. */
    ImageGate(int registry) throws IOException {
        this.registry = registry;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        this.login = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v2/", this::answer);
        server.start();
        this.door = new PlainDoor(server.getAddress(), threads);
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return door.address();
    }

    /** The entry of Docker's configuration that lets in. */
    Secret entry() {
        return Secret.of("{\"auth\":\"" + login + "\"}");
    }

    /** How many bytes of images and of what describes them it has given away. */
    long sent() {
        return sent.sum();
    }

    @Override
    public void close() {
        door.close();
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isIn(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"meridian\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (!READING.contains(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders(405, -1);
            } else {
                passOn(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isIn(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), ("Basic " + login).getBytes(StandardCharsets.UTF_8));
    }

    private void passOn(HttpExchange exchange) throws IOException, InterruptedException {
        URI asked = URI.create(
                "http://127.0.0.1:" + registry + exchange.getRequestURI().getRawPath());
        HttpRequest.Builder request = HttpRequest.newBuilder(asked)
                .timeout(ANSWER)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody());
        ASKED.forEach(name -> exchange.getRequestHeaders()
                .getOrDefault(name, List.of())
                .forEach(value -> request.header(name, value)));
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            ANSWERED.forEach(name -> answer.headers().firstValue(name).ifPresent(value -> exchange.getResponseHeaders()
                    .set(name, value)));
            write(exchange, answer, body);
        }
    }

    private void write(HttpExchange exchange, HttpResponse<InputStream> answer, InputStream body) throws IOException {
        long length = answer.headers().firstValueAsLong("Content-Length").orElse(0);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
        }
        boolean empty = exchange.getRequestMethod().equals("HEAD") || length == 0;
        exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : length);
        if (!empty) {
            try (OutputStream out = exchange.getResponseBody()) {
                sent.add(body.transferTo(out));
            }
        }
    }
}
