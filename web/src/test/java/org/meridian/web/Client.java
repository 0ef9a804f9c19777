package org.meridian.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that uses the dashboard's API with a token. */
final class Client {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    final HttpClient http;
    private final URI address;
    private final String token;

    Client(URI address, String token) {
        this(HttpClient.newBuilder().connectTimeout(LIMIT).build(), address, token);
    }

    Client(HttpClient http, URI address, String token) {
        this.http = http;
        this.address = address;
        this.token = token;
    }

    /** The answer's JSON. */
    JsonNode json(String path) throws Exception {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return MAPPER.readTree(response.body());
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .header("X-Meridian", "1")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Listens until an event comes that is wanted; fails when none does. */
    Event event(String path, Predicate<Event> wanted) throws Exception {
        return event(path, listening -> {}, wanted);
    }

    /** The same, doing something once the world was told for the first time. */
    Event event(String path, Consumer<Event> atFirst, Predicate<Event> wanted) throws Exception {
        HttpResponse<InputStream> response = http.send(request(path).build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode());
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            Watchdog watchdog = new Watchdog(response.body());
            try (watchdog) {
                boolean first = true;
                while (true) {
                    Event event = next(lines);
                    if (first && event.name().equals("world")) {
                        atFirst.accept(event);
                        first = false;
                    }
                    if (wanted.test(event)) {
                        return event;
                    }
                }
            }
        }
    }

    private static Event next(BufferedReader lines) throws IOException {
        String name = "";
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                throw new AssertionError("the stream ended before what was wanted came");
            }
            if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                return new Event(name, MAPPER.readTree(line.substring(6)));
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(LIMIT);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** A server-sent event. */
    record Event(String name, JsonNode data) {}

    /** Ends a stream on which nothing comes, so that a test fails rather than hangs. */
    private static final class Watchdog implements AutoCloseable {
        private final Thread thread;

        Watchdog(InputStream stream) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(LIMIT);
                    stream.close();
                } catch (InterruptedException | IOException e) {
                    // What was wanted came.
                }
            });
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
