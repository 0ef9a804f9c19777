import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A Chromium without a window and its one page, by the DevTools protocol (chromedevtools.github.io/devtools-protocol). */
final class DevTools implements AutoCloseable, WebSocket.Listener {
    private static final List<String> CHROMIUM =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final String session;

    /** Starts one that keeps everything in that directory. */
    DevTools(Path directory) throws Exception {
        String chromium = CHROMIUM.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no Chromium; run scripts/setup"));
        Path port = directory.resolve("DevToolsActivePort");
        Files.deleteIfExists(port);
        process = new ProcessBuilder(
                        chromium, "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
                        "--window-size=1280,800", "--remote-debugging-port=0", "--user-data-dir=" + directory, "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolveSibling("chromium.log").toFile())
                .start();
        List<String> where = written(port);
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(LIMIT)
                .buildAsync(URI.create("ws://127.0.0.1:" + where.get(0) + where.get(1)), this)
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        session = page();
    }

    private static List<String> written(Path file) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            if (Files.exists(file) && Files.readAllLines(file).size() >= 2) {
                return Files.readAllLines(file);
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("Chromium did not start; see chromium.log beside its directory");
    }

    private String page() throws Exception {
        for (JsonNode target : send("", "Target.getTargets", Map.of()).path("targetInfos")) {
            if (target.path("type").asString().equals("page")) {
                return send("", "Target.attachToTarget", Map.of("targetId", target.path("targetId").asString(), "flatten", true))
                        .path("sessionId")
                        .asString();
            }
        }
        throw new IllegalStateException("Chromium has no page");
    }

    /** Asks the page something. */
    JsonNode page(String method, Map<String, ?> parameters) throws Exception {
        return send(session, method, parameters);
    }

    /** Asks the browser something. */
    JsonNode browser(String method) throws Exception {
        return send("", method, Map.of());
    }

    /** What an expression gives in the page. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode answer = page("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer);
        }
        return answer.path("result").path("value");
    }

    /** Waits until an expression is true in the page. */
    void await(String expression) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!evaluate(expression).asBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("never came: " + expression);
            }
            Thread.sleep(100);
        }
    }

    /** Waits for the page to call a function that {@code Runtime.addBinding} gave it. */
    void awaitCall(String name) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            JsonNode event = events.poll(1, TimeUnit.SECONDS);
            if (event != null && event.path("params").path("name").asString("").equals(name)) {
                return;
            }
        }
        throw new IllegalStateException("the page never called " + name);
    }

    void forgetEvents() {
        events.clear();
    }

    private JsonNode send(String to, String method, Map<String, ?> parameters) throws Exception {
        int id = ids.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (!to.isEmpty()) {
            message.put("sessionId", to);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        var sent = socket.sendText(JSON.writeValueAsString(message), true);
        JsonNode got = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (got.has("error")) {
            throw new IllegalStateException(method + ": " + got.path("error"));
        }
        return got.path("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            JsonNode message = JSON.readTree(part.toString());
            part.setLength(0);
            if (message.has("id")) {
                asked.remove(message.path("id").asInt()).complete(message);
            } else {
                events.add(message);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList().forEach(ProcessHandle::destroyForcibly);
    }
}
