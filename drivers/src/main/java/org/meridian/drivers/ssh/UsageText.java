package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ContainerUsage;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.model.ServerUsage.Amount;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the script "usage" prints; it says there what each line means. */
final class UsageText {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Server server;
    private final Map<String, JsonNode> containers = new LinkedHashMap<>();
    private final Map<String, Load> loads = new LinkedHashMap<>();
    private final Map<String, List<ContainerUsage.Running>> processes = new LinkedHashMap<>();
    private double cpuPercent;
    private Amount memory = new Amount(0, 0);
    private Amount disk = new Amount(0, 0);

    private UsageText(Server server) {
        this.server = requireNonNull(server, "server is null");
    }

    /** What the text tells; throws a Failure when it is no such text. */
    static ServerUsage read(Server server, String text) {
        UsageText reading = new UsageText(server);
        try {
            text.lines().forEach(reading::line);
            return reading.result();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | JacksonException e) {
            throw Failure.of(
                    Diagnostic.of(
                                    "odd-usage",
                                    server.name() + " says of what it uses something that can't be read",
                                    "Log in to it and see whether its shell prints something of its own.")
                            .withDetail(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private void line(String line) {
        String[] words = line.split(" +", 5);
        switch (words[0]) {
            case "cpu" -> cpuPercent = busy(line.split(" +", -1));
            case "memory" -> memory = memory(number(words[1]), number(words[2]));
            case "disk" -> disk = new Amount(number(words[1]), number(words[2]));
            case "container" -> container(line.substring("container ".length()));
            case "load" -> load(line.split(" +", -1));
            case "process" -> process(words);
            default -> throw new IllegalArgumentException("not known: " + words[0]);
        }
    }

    private static double busy(String[] words) {
        long total = number(words[3]) - number(words[1]);
        long idle = number(words[4]) - number(words[2]);
        return total <= 0 ? 0 : Math.clamp(100.0 * (total - idle) / total, 0, 100);
    }

    private static Amount memory(long totalKib, long availableKib) {
        return new Amount((totalKib - availableKib) * 1024, totalKib * 1024);
    }

    private void container(String json) {
        JsonNode node = JSON.readTree(json);
        containers.put(text(node, "id"), node);
    }

    private void load(String[] words) {
        long between = number(words[4]);
        double percent = between <= 0 ? 0 : Math.max(0, 100.0 * (number(words[3]) - number(words[2])) / between);
        loads.put(words[1], new Load(percent, number(words[5])));
    }

    private void process(String[] words) {
        processes
                .computeIfAbsent(words[1], id -> new ArrayList<>())
                .add(new ContainerUsage.Running((int) number(words[2]), words[3], words.length > 4 ? words[4] : ""));
    }

    private ServerUsage result() {
        return new ServerUsage(
                server.name(),
                cpuPercent,
                memory,
                disk,
                containers.values().stream().map(this::usage).toList());
    }

    private ContainerUsage usage(JsonNode node) {
        String id = text(node, "id");
        Load load = loads.getOrDefault(id, new Load(0, 0));
        return new ContainerUsage(
                id,
                text(node, "service"),
                release(text(node, "directory")),
                text(node, "image"),
                text(node, "state"),
                text(node, "health"),
                load.percent(),
                load.memory(),
                node.path("restarts").asInt(0),
                processes.getOrDefault(id, List.of()));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /** The directory that Compose was given is the release's; see {@link HostCommands}. */
    private ReleaseId release(String directory) {
        try {
            return ReleaseId.parse(directory.substring(directory.lastIndexOf('/') + 1));
        } catch (IllegalArgumentException e) {
            return server.release();
        }
    }

    private static long number(String word) {
        return Long.parseLong(word);
    }

    private record Load(double percent, long memory) {}
}
