import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Stands in for Vector where that can't be installed, with the few things that Meridian's configuration for an HTTP
 * address asks of it. It is started in the same way, reads the same file, replaces variables in it by its environment,
 * reads Docker's log API, and posts. What it does not know in the file ends it, so that it can't drift away from what
 * Meridian writes. It is no Vector: of VRL it knows an assignment of a text, the one of a label, and {@code del}; it
 * repeats nothing that was not accepted, buffers nothing on a disk, looks for new containers once a second and reads none
 * again that restarts.
 */
final class Shipper {
    private static final Path DOCKER = Path.of("/var/run/docker.sock");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{([A-Za-z0-9_]+)}");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ASSIGNED = Pattern.compile("\\.([a-z]+) = \"([^\"]*)\"");
    private static final String SERVICE = ".service = .label.\"com.docker.compose.service\"";
    private static final Pattern CONTAINER = Pattern.compile("\\{\"Id\":\"([0-9a-f]{64})\",\"Names\":\\[\"/([^\"]+)\"");
    private static final Pattern LABEL = Pattern.compile("\"com.docker.compose.service\":\"([^\"]*)\"");
    private static final Set<String> READ = Set.of(
            "sources.containers include_labels",
            "sources.containers exclude_containers",
            "transforms.named source",
            "sinks.shipped uri",
            "sinks.shipped auth.token");
    private static final Map<String, String> EXPECTED = Map.of(
            "sources.containers type", "\"docker_logs\"",
            "transforms.named type", "\"remap\"",
            "transforms.named inputs", "[\"containers\"]",
            "sinks.shipped inputs", "[\"named\"]",
            "sinks.shipped type", "\"http\"",
            "sinks.shipped method", "\"post\"",
            "sinks.shipped compression", "\"gzip\"",
            "sinks.shipped encoding.codec", "\"json\"",
            "sinks.shipped framing.method", "\"newline_delimited\"",
            "sinks.shipped auth.strategy", "\"bearer\"");
    private static final int BATCH = 200;

    private final Map<String, String> settings;
    private final Map<String, String> fields;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(10_000);
    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private final long startedAt = Instant.now().getEpochSecond();

    private Shipper(Map<String, String> settings) {
        this.settings = settings;
        this.fields = fields(settings.get("transforms.named source"));
        EXPECTED.forEach(this::require);
        for (String key : settings.keySet()) {
            if (!EXPECTED.containsKey(key) && !READ.contains(key)) {
                throw new IllegalArgumentException("there is what this does not know: " + key);
            }
        }
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 2 || !args[0].equals("--config")) {
            throw new IllegalArgumentException("usage: --config FILE");
        }
        Shipper shipper = new Shipper(settings(replaced(Files.readString(Path.of(args[1])))));
        Thread.ofPlatform().daemon().start(shipper::watch);
        shipper.post();
    }

    // ---- the configuration

    /** As Vector 0.57 and later do, and no earlier one minds. */
    private static String replaced(String text) {
        if (!"true".equals(System.getenv("VECTOR_DANGEROUSLY_ALLOW_ENV_VAR_INTERPOLATION"))) {
            return text;
        }
        return VARIABLE.matcher(text).replaceAll(found -> {
            String name = found.group(1);
            String value = name == null ? "$" : System.getenv(name);
            if (value == null) {
                throw new IllegalArgumentException("there is no variable " + name);
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** "table key" to what is written there. */
    private static Map<String, String> settings(String toml) {
        Map<String, String> settings = new LinkedHashMap<>();
        String table = "";
        StringBuilder block = null;
        String blockKey = "";
        for (String line : toml.lines().toList()) {
            if (block != null) {
                if (line.equals("'''")) {
                    settings.put(blockKey, block.toString());
                    block = null;
                } else {
                    block.append(line).append('\n');
                }
            } else if (line.startsWith("[")) {
                table = line.substring(1, line.length() - 1);
            } else if (line.endsWith(" = '''")) {
                blockKey = table + " " + line.substring(0, line.length() - 6);
                block = new StringBuilder();
            } else if (!line.isBlank()) {
                String[] parts = line.split(" = ", 2);
                settings.put(table + " " + parts[0], parts[1]);
            }
        }
        return settings;
    }

    private void require(String key, String value) {
        if (!value.equals(settings.get(key))) {
            throw new IllegalArgumentException(key + " is not " + value + " but " + settings.get(key));
        }
    }

    private static Map<String, String> fields(String transform) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : transform.lines().toList()) {
            Matcher assigned = ASSIGNED.matcher(line);
            if (assigned.matches()) {
                fields.put(assigned.group(1), assigned.group(2));
            } else if (!line.equals(SERVICE) && !line.equals("del(.label)")) {
                throw new IllegalArgumentException("the transform has what this does not know: " + line);
            }
        }
        return fields;
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        Matcher text = TEXT.matcher(settings.get(key));
        while (text.find()) {
            texts.add(text.group(1));
        }
        return texts;
    }

    // ---- what containers write

    private void watch() {
        try {
            while (true) {
                for (String container : containers()) {
                    follow(container);
                }
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (IOException | InterruptedException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private List<String> containers() throws IOException {
        String filters = "{\"label\":[\"" + String.join("\",\"", texts("sources.containers include_labels")) + "\"]}";
        try (InputStream answer =
                docker("/containers/json?filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8))) {
            String json = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(json.split("(?=\\{\"Id\":\")"));
        }
    }

    private void follow(String json) {
        Matcher container = CONTAINER.matcher(json);
        Matcher service = LABEL.matcher(json);
        if (!container.find() || !service.find()) {
            return;
        }
        String name = container.group(2);
        boolean excluded =
                texts("sources.containers exclude_containers").stream().anyMatch(name::startsWith);
        String id = container.group(1);
        if (!excluded && read.add(id)) {
            Thread.ofPlatform().daemon().start(() -> lines(id, name, service.group(1)));
        }
    }

    /** Frames of Docker's API, "Attach to a container", stream format: kind, three zeros, length, payload. */
    private void lines(String id, String name, String service) {
        String query = "/logs?follow=1&stdout=1&stderr=1&timestamps=1&since=" + startedAt;
        try (DataInputStream frames = new DataInputStream(docker("/containers/" + id + query))) {
            while (true) {
                String stream = frames.readInt() >>> 24 == 2 ? "stderr" : "stdout";
                String line = new String(frames.readNBytes(frames.readInt()), StandardCharsets.UTF_8).stripTrailing();
                String[] timed = line.split(" ", 2);
                lines.put(event(Map.of(
                        "timestamp", timed[0],
                        "message", timed.length == 2 ? timed[1] : "",
                        "stream", stream,
                        "container_name", name,
                        "service", service)));
            }
        } catch (EOFException e) {
            // The container stopped.
        } catch (IOException | InterruptedException e) {
            e.printStackTrace();
        }
    }

    private String event(Map<String, String> line) {
        Map<String, String> all = new LinkedHashMap<>(line);
        all.putAll(fields);
        List<String> parts = new ArrayList<>();
        all.forEach((key, value) -> parts.add("\"" + key + "\":\"" + escaped(value) + "\""));
        return "{" + String.join(",", parts) + "}";
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char one : text.toCharArray()) {
            if (one == '"' || one == '\\' || one < ' ') {
                escaped.append("\\u%04x".formatted((int) one));
            } else {
                escaped.append(one);
            }
        }
        return escaped.toString();
    }

    /** The body of an answer; HTTP/1.0, so that it comes as it is and ends with the connection. */
    private static InputStream docker(String path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(DOCKER));
        channel.write(
                ByteBuffer.wrap(("GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n").getBytes(StandardCharsets.UTF_8)));
        InputStream answer = Channels.newInputStream(channel);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int one = answer.read();
            if (one < 0) {
                throw new EOFException("Docker ended within its answer: " + head);
            }
            head.append((char) one);
        }
        if (!head.substring(0, head.indexOf("\r\n")).contains(" 200 ")) {
            throw new IOException(path + ": " + head);
        }
        return answer;
    }

    // ---- sending them on

    private void post() throws Exception {
        while (true) {
            List<String> batch = new ArrayList<>(List.of(lines.take()));
            lines.drainTo(batch, BATCH);
            try {
                post(batch);
            } catch (IOException e) {
                System.err.println(batch.size() + " lines were not sent: " + e);
            }
        }
    }

    private void post(List<String> batch) throws IOException {
        HttpURLConnection request = (HttpURLConnection)
                URI.create(texts("sinks.shipped uri").getFirst()).toURL().openConnection();
        request.setRequestMethod("POST");
        request.setConnectTimeout((int) Duration.ofSeconds(5).toMillis());
        request.setReadTimeout((int) Duration.ofSeconds(5).toMillis());
        request.setDoOutput(true);
        request.setRequestProperty("Content-Type", "application/x-ndjson");
        request.setRequestProperty("Content-Encoding", "gzip");
        request.setRequestProperty(
                "Authorization",
                "Bearer " + texts("sinks.shipped auth.token").getFirst());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(body)) {
            packed.write((String.join("\n", batch) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        try (OutputStream out = request.getOutputStream()) {
            out.write(body.toByteArray());
        }
        if (request.getResponseCode() / 100 != 2) {
            throw new IOException("the answer was " + request.getResponseCode());
        }
    }
}
