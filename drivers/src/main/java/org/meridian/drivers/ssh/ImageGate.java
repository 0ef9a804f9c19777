package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Secret;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands before a registry while servers take images from it: whoever else is on a server can reach the tunnel's port too, so
 * it wants a password that is made for this process, lets nobody write, and shows nothing but the images that are brought.
 */
final class ImageGate implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String USER = "meridian";
    private static final String PING = "/v2/";
    /** What is read has a digest (distribution's specification, "Pulling manifests" and "Pulling blobs"). */
    private static final Pattern READ =
            Pattern.compile("/v2/(?<repository>[a-z0-9._/-]{1,255})/(manifests|blobs)/[a-z0-9]+:[0-9a-f]{32,128}");

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
    private final LongAdder sent = new LongAdder();
    private final Set<String> repositories = ConcurrentHashMap.newKeySet();
    private final ImageSource.Answers registry;
    private final String login;
    private final HttpServer server;
    private final PlainDoor door;

    /** Opens it on a free port of 127.0.0.1. */
    ImageGate(ImageSource.Answers registry) throws IOException {
        this.registry = requireNonNull(registry, "registry is null");
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        this.login = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(PING, this::answer);
        server.start();
        this.door = new PlainDoor(server.getAddress(), threads);
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return door.address();
    }

    /** Lets whoever has the password read the repository that an image is in. */
    void admit(ImageReference image) {
        repositories.add(image.path());
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
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            judge(exchange);
        }
    }

    private void judge(HttpExchange exchange) throws IOException {
        try {
            if (!isIn(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"meridian\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (!READING.contains(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders(405, -1);
            } else if (exchange.getRequestURI().getRawPath().equals(PING)) {
                exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
                exchange.sendResponseHeaders(200, -1);
            } else if (!isShown(exchange.getRequestURI().getRawPath())) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                passOn(exchange);
            }
        } catch (Failure e) {
            refuse(exchange, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In the form in which an engine shows it to people (distribution's specification, "Error codes"). */
    private static void refuse(HttpExchange exchange, Failure why) throws IOException {
        Map<String, String> error =
                Map.of("code", "DENIED", "message", why.diagnostic().summary());
        byte[] body = JSON.writeValueAsBytes(Map.of("errors", List.of(error)));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(403, body.length);
        exchange.getResponseBody().write(body);
    }

    private boolean isShown(String path) {
        Matcher read = READ.matcher(path);
        return read.matches() && repositories.contains(read.group("repository"));
    }

    private boolean isIn(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), ("Basic " + login).getBytes(StandardCharsets.UTF_8));
    }

    private void passOn(HttpExchange exchange) throws IOException, InterruptedException {
        Map<String, List<String>> headers = new HashMap<>();
        ASKED.forEach(name -> headers.put(name, exchange.getRequestHeaders().getOrDefault(name, List.of())));
        HttpResponse<InputStream> answer = registry.to(
                exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), headers);
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
