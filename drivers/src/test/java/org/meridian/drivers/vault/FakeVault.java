package org.meridian.drivers.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of Vault as reading a secret of a key-value store, version 2, takes; what it does not know, it refuses. The
 * answers are those of Vault's HTTP API, "KV secrets engine - version 2".
 */
final class FakeVault implements AutoCloseable {
    static final String TOKEN = "hvs.CAESIexample";
    private static final Pattern READ = Pattern.compile("/v1/secret/data/(?<path>[^?]+)(\\?version=(?<version>\\d+))?");
    /** Where the secret goes, so that its numbers stay as they were written. */
    private static final String PLACE = "the secret";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final Map<String, List<String>> secrets = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private String namespace = "";
    private String fault = "";

    FakeVault() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A new version of a secret, as JSON. */
    synchronized void put(String path, String json) {
        secrets.computeIfAbsent(path, unused -> new ArrayList<>()).add(json);
    }

    /** Soft-deletes a version; the metadata stay. */
    synchronized void delete(String path, int version) {
        requireNonNull(secrets.get(path)).set(version - 1, "");
    }

    /** It has the secrets in this namespace only. */
    synchronized void in(String name) {
        namespace = name;
    }

    /** From now on: {@code sealed}, {@code standby}, {@code silent}, {@code slow} in its body, or {@code garbage}. */
    synchronized void fails(String how) {
        fault = how;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private synchronized String fault() {
        return fault;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            if (fault().equals("silent")) {
                closing.await();
            }
            if (fault().equals("slow")) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                closing.await();
            }
            Answer answer = answer(line, exchange.getRequestHeaders());
            if (answer.status() == 307) {
                exchange.getResponseHeaders().add("Location", "https://other.example.com" + exchange.getRequestURI());
            }
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Answer answer(String line, Headers headers) {
        return switch (fault) {
            case "sealed" -> Answer.error(503, "Vault is sealed");
            case "standby" -> new Answer(307, "");
            case "garbage" -> new Answer(200, "<html>hunter2</html>");
            default -> well(line, headers);
        };
    }

    private Answer well(String line, Headers headers) {
        if (!"true".equals(headers.getFirst("X-Vault-Request"))) {
            return Answer.error(400, "missing the X-Vault-Request header");
        }
        boolean known = TOKEN.equals(headers.getFirst("X-Vault-Token"))
                && namespace.equals(
                        headers.getOrDefault("X-Vault-Namespace", List.of("")).getFirst());
        if (!known) {
            return Answer.error(403, "permission denied");
        }
        Matcher read = READ.matcher(line.replaceFirst("^GET ", ""));
        return line.startsWith("GET ") && read.matches() ? read(read) : Answer.error(404);
    }

    private Answer read(Matcher read) {
        List<String> versions = secrets.getOrDefault(read.group("path"), List.of());
        int version = read.group("version") == null ? versions.size() : Integer.parseInt(read.group("version"));
        if (version < 1 || version > versions.size()) {
            return Answer.error(404);
        }
        String text = versions.get(version - 1);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("request_id", "b9a8ff8b-1d4c-4b3f-8f2e-6b1b2e3f4a5b").put("lease_id", "");
        ObjectNode data = answer.putObject("data");
        data.put("data", PLACE);
        data.putObject("metadata")
                .put("created_time", "2026-01-01T00:00:00Z")
                .put("deletion_time", text.isEmpty() ? "2026-01-02T00:00:00Z" : "")
                .put("destroyed", false)
                .put("version", version);
        String body = answer.toString().replace('"' + PLACE + '"', text.isEmpty() ? "null" : text);
        return new Answer(text.isEmpty() ? 404 : 200, body);
    }

    private record Answer(int status, String body) {
        static Answer error(int status, String... words) {
            ObjectNode json = JSON.createObjectNode();
            var errors = json.putArray("errors");
            List.of(words).forEach(errors::add);
            return new Answer(status, json.toString());
        }
    }
}
