package org.meridian.drivers.cloudflare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks the health of real origins as a monitor says: every interval, of what is enabled, in pools that have a monitor.
 * What is not known yet counts as down.
 */
final class FakeChecks implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(500);
    /** Of the world's clock: the origins of tests answer or refuse at once, and a busy machine delays them. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String[] PLACES = {"Amsterdam, NL", "San Jose, CA", "Singapore, SG"};

    private final FakeAccount account;
    private final FastTime time;
    private final Map<String, Checked> checked = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(PATIENCE)
            .build();
    private final Thread thread;

    FakeChecks(FakeAccount account, FastTime time) {
        this.account = account;
        this.time = time;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    /** Whether an origin of a pool is known to be healthy. */
    boolean healthy(String pool, JsonNode origin) {
        @Nullable Checked known = checked.get(key(pool, origin));
        return known != null && known.up;
    }

    /** A pool's health as the API tells it: a map by the place, as Cloudflare's example has it. */
    ObjectNode of(ObjectNode pool) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("pool_id", pool.path("id").asString());
        ObjectNode places = json.putObject("pop_health");
        for (String name : PLACES) {
            ObjectNode place = places.putObject(name);
            var origins = JsonNodeFactory.instance.arrayNode();
            for (JsonNode origin : pool.path("origins")) {
                @Nullable Checked known = checked.get(key(pool.path("id").asString(), origin));
                if (known != null && known.decided) {
                    origins.addObject().set(origin.path("address").asString(), known.json());
                }
            }
            place.put("healthy", !origins.isEmpty());
            place.set("origins", origins);
        }
        return json;
    }

    /** What was disabled in a pool, were it for a moment, is checked again when it comes back. */
    void forgetDisabled(JsonNode pool) {
        for (JsonNode origin : pool.path("origins")) {
            if (!origin.path("enabled").asBoolean()) {
                checked.remove(key(pool.path("id").asString(), origin));
            }
        }
    }

    /** Forgets what is known, so that everything is checked again. */
    void forget() {
        checked.clear();
    }

    @Override
    public void close() {
        thread.interrupt();
        client.shutdownNow();
    }

    private void run() {
        time.enter();
        try {
            while (true) {
                tick();
                time.sleep(TICK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            time.leave();
        }
    }

    /** Time passes once every check that is due is done. */
    private void tick() throws InterruptedException {
        List<Thread> checks = new ArrayList<>();
        Set<String> present = account.all(Kind.POOL).stream()
                .flatMap(pool -> pool.path("origins")
                        .valueStream()
                        .filter(origin -> origin.path("enabled").asBoolean())
                        .map(origin -> due(pool, origin, checks)))
                .collect(Collectors.toSet());
        for (Thread check : checks) {
            check.join();
        }
        // What was removed is checked again when it comes back.
        checked.keySet().retainAll(present);
    }

    private String due(ObjectNode pool, JsonNode origin, List<Thread> checks) {
        String key = key(pool.path("id").asString(), origin);
        String monitor = pool.path("monitor").asString("");
        if (account.has(Kind.MONITOR, monitor)) {
            Checked state = checked.computeIfAbsent(key, any -> new Checked());
            if (time.nanos() >= state.next) {
                ObjectNode how = account.get(Kind.MONITOR, monitor);
                state.next = time.nanos()
                        + Duration.ofSeconds(how.path("interval").asLong(60)).toNanos();
                checks.add(Thread.ofVirtual().start(() -> state.found(ask(origin, how), how)));
            }
        }
        return key;
    }

    /** Why the check failed; empty where it did not. */
    private String ask(JsonNode origin, ObjectNode monitor) {
        int port = monitor.path("port").asInt(0) == 0
                ? origin.path("port").asInt(80)
                : monitor.path("port").asInt();
        URI address = URI.create("http://" + origin.path("address").asString() + ":" + port
                + monitor.path("path").asString("/"));
        try {
            int status = client.send(
                            HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status / 100 == 2 ? "" : "Response code mismatch error";
        } catch (IOException e) {
            return "TCP connection failed";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    private static String key(String pool, JsonNode origin) {
        return pool + " " + origin.path("name").asString() + " "
                + origin.path("address").asString();
    }

    private static final class Checked {
        private volatile boolean decided;
        private volatile boolean up;
        private volatile String reason = "";
        private volatile long next;
        private int streak;

        synchronized void found(String failure, ObjectNode monitor) {
            boolean good = failure.isEmpty();
            streak = good ? Math.max(1, streak + 1) : Math.min(-1, streak - 1);
            if (streak >= monitor.path("consecutive_up").asInt(1)) {
                decide(true, "No failures");
            } else if (-streak >= monitor.path("consecutive_down").asInt(1)) {
                decide(false, failure);
            }
        }

        private void decide(boolean nowUp, String why) {
            up = nowUp;
            reason = why;
            decided = true;
        }

        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("healthy", up);
            json.put("failure_reason", reason);
            json.put("response_code", up ? 200 : 0);
            json.put("rtt", "12.1ms");
            return json;
        }
    }
}
