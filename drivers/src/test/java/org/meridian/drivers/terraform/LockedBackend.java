package org.meridian.drivers.terraform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A backend of Terraform's type http, which somebody else holds the lock of until they let it go. */
final class LockedBackend implements AutoCloseable {
    private static final String SOMEBODY = """
            {"ID": "1234-lock", "Operation": "OperationTypeApply", "Info": "", "Who": "ann@ci", "Version": "1.11.4",
             "Created": "2026-01-02T03:04:05Z", "Path": ""}
            """;

    private final HttpServer server;
    private String lock = SOMEBODY;
    private byte[] state = new byte[0];
    private boolean unlocked;

    private LockedBackend(HttpServer server) {
        this.server = server;
    }

    static LockedBackend start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LockedBackend backend = new LockedBackend(server);
        server.createContext("/", backend::answer);
        server.start();
        return backend;
    }

    Backend backend() {
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/{region}";
        return new Backend("http", Map.of("address", address, "lock_address", address, "unlock_address", address));
    }

    /** The other run ends. */
    synchronized void unlock() {
        lock = "";
    }

    /** Whether the other run's lock was taken away. */
    synchronized boolean unlocked() {
        return unlocked;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "LOCK" -> lock(exchange, new String(body, StandardCharsets.UTF_8));
            case "UNLOCK" -> {
                unlocked |= lock.equals(SOMEBODY);
                lock = "";
                send(exchange, 200, new byte[0]);
            }
            case "POST" -> {
                state = body;
                send(exchange, 200, new byte[0]);
            }
            default -> send(exchange, state.length == 0 ? 404 : 200, state);
        }
    }

    private void lock(HttpExchange exchange, String by) throws IOException {
        if (lock.isEmpty()) {
            lock = by;
            send(exchange, 200, new byte[0]);
        } else {
            send(exchange, 423, lock.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
