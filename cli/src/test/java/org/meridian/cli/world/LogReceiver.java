package org.meridian.cli.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP server that takes shipped logs as services do that are paid for it: POST, gzip, a JSON object a line, a bearer
 * token. It listens on one address only, the gateway of a Docker network, which containers of this machine reach.
 */
final class LogReceiver implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final String token;
    private final Queue<JsonNode> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();

    private LogReceiver(HttpServer server, String token) {
        this.server = server;
        this.token = token;
    }

    static LogReceiver on(String network, String token) throws IOException {
        String gateway = Shell.docker("network", "inspect", "--format", "{{(index .IPAM.Config 0).Gateway}}", network);
        LogReceiver receiver = new LogReceiver(HttpServer.create(new InetSocketAddress(gateway, 0), 64), token);
        receiver.server.createContext("/in", receiver::take);
        receiver.server.start();
        return receiver;
    }

    String address() {
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/in";
    }

    /** Every line that was accepted so far. */
    List<JsonNode> lines() {
        return List.copyOf(lines);
    }

    /** How many requests were not what is taken. */
    int refused() {
        return refused.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean known =
                    ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            if (!known || !packed || !exchange.getRequestMethod().equals("POST")) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(known ? 400 : 401, -1);
                return;
            }
            try (InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
                new String(body.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(JSON::readTree)
                        .forEach(lines::add);
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
