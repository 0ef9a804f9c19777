package org.meridian.drivers.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/** Hands requests on to a server, each one when the one before has been answered entirely. */
final class OneAtATime {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Those that belong to one connection, or that the client sets by itself (RFC 9110, section 7.6.1). */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int target;

    private OneAtATime(int target) {
        this.target = target;
    }

    /** Listens before the server at this port of this machine; returns the port. It ends with the process. */
    static int before(int target) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("one-at-a-time").factory()));
        server.createContext("/", new OneAtATime(target)::handOn);
        server.start();
        return server.getAddress().getPort();
    }

    private void handOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> response = client.send(request(exchange), BodyHandlers.ofByteArray());
            response.headers().map().forEach((name, values) -> {
                if (passes(name)) {
                    exchange.getResponseHeaders().put(name, List.copyOf(values));
                }
            });
            byte[] body = response.body();
            exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
            try (OutputStream output = exchange.getResponseBody()) {
                output.write(body);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + target + asked))
                .timeout(LIMIT)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (passes(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static boolean passes(String header) {
        return !header.startsWith(":") && !OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }
}
