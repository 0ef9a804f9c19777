package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Stands in for a registry that wants tokens, as Docker Hub's does: one place gives them, to a user by password, to a
 * refresh token (OAuth 2), or to anybody where that is allowed.
 */
final class TokenRegistry implements AutoCloseable {
    static final String DIGEST = "sha256:" + "ab".repeat(32);

    /** Every request: method, path and what it said of who asks. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final String basic;
    private final String refreshToken;
    private final boolean anybody;
    private volatile int status = 200;
    private volatile int tokenStatus = 200;

    /** Lets in who has this Basic authorization or this refresh token, or anybody. */
    TokenRegistry(String basic, String refreshToken, boolean anybody) throws IOException {
        this.basic = requireNonNull(basic, "basic is null");
        this.refreshToken = requireNonNull(refreshToken, "refreshToken is null");
        this.anybody = anybody;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::manifest);
        server.createContext("/auth/token", this::token);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers with this status from now on, to who has a token. */
    void answer(int newStatus) {
        status = newStatus;
    }

    /** Answers with this status from now on, to who wants a token. */
    void answerTokens(int newStatus) {
        tokenStatus = newStatus;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void manifest(HttpExchange exchange) throws IOException {
        String authorization = header(exchange, "Authorization");
        note(exchange, authorization);
        String path = exchange.getRequestURI().getPath();
        String repository = path.substring("/v2/".length(), path.indexOf("/manifests/"));
        if (!authorization.equals("Bearer for " + repository)) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"ignored\"");
            exchange.getResponseHeaders()
                    .add(
                            "WWW-Authenticate",
                            "Bearer realm=\"" + address() + "/auth/token\",service=\"hub\",scope=\"repository:"
                                    + repository + ":pull\"");
            end(exchange, 401, "");
            return;
        }
        exchange.getResponseHeaders().add("Docker-Content-Digest", DIGEST);
        end(exchange, status, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        boolean form = exchange.getRequestMethod().equals("POST");
        String said = form
                ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                : String.valueOf(exchange.getRequestURI().getRawQuery());
        Map<String, String> values = values(said);
        String authorization = header(exchange, "Authorization");
        note(exchange, authorization);
        boolean known = form
                ? values.getOrDefault("grant_type", "").equals("refresh_token")
                        && values.getOrDefault("refresh_token", "").equals(refreshToken)
                        && values.containsKey("client_id")
                : authorization.equals(basic) || (authorization.isEmpty() && anybody);
        if (tokenStatus != 200 || !known || !"hub".equals(values.get("service"))) {
            end(exchange, tokenStatus == 200 ? 401 : tokenStatus, "{}");
            return;
        }
        String repository = values.getOrDefault("scope", "").split(":", 3)[1];
        end(exchange, 200, "{\"" + (form ? "access_token" : "token") + "\": \"for " + repository + "\"}");
    }

    private void note(HttpExchange exchange, String authorization) {
        String scheme = authorization.isEmpty() ? "nobody" : authorization.split(" ", 2)[0];
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + scheme);
    }

    private static Map<String, String> values(String form) {
        return List.of(form.split("&", -1)).stream()
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (first, second) -> second,
                        TreeMap::new));
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void end(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean empty = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
        exchange.sendResponseHeaders(code, empty ? -1 : bytes.length);
        if (!empty) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
