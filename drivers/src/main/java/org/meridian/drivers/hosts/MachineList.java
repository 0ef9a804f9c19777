package org.meridian.drivers.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.SshAddress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads machines from JSON: a list, or an object whose values count in the order of their names. Each is
 * {@code "user@address:port"} or an object with {@code ssh} (or {@code public_ip}) and, where the edge reaches it
 * elsewhere, {@code address} (or {@code private_ip} beside {@code ssh}).
 */
final class MachineList {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern IP = Pattern.compile("[0-9.]{7,15}|(?=[0-9A-Fa-f.]{0,44}:)[0-9A-Fa-f:.]{1,45}");
    private static final String FORMS =
            "It has to be a list or an object of \"user@address\" or { \"ssh\": \"user@address\", \"address\": \"10.0.0.4\" }.";

    private MachineList() {}

    static List<Machine> parse(String region, String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw wrong(region, "it is not JSON: " + e.getOriginalMessage());
        }
        List<Machine> machines = new ArrayList<>();
        for (JsonNode entry : entries(region, root)) {
            machines.add(machine(region, entry));
        }
        if (machines.isEmpty()) {
            throw wrong(region, "there is no machine in it");
        }
        if (machines.stream().map(Machine::ssh).distinct().count() < machines.size()) {
            throw wrong(region, "a machine is in it twice");
        }
        return List.copyOf(machines);
    }

    private static List<JsonNode> entries(String region, JsonNode root) {
        if (root.isArray()) {
            return root.valueStream().toList();
        }
        if (root.isObject()) {
            TreeMap<String, JsonNode> byName = new TreeMap<>();
            root.properties().forEach(entry -> byName.put(entry.getKey(), entry.getValue()));
            return List.copyOf(byName.values());
        }
        throw wrong(region, "it is neither a list nor an object");
    }

    private static Machine machine(String region, JsonNode entry) {
        if (entry.isString()) {
            return new Machine(ssh(region, entry.asString()), Optional.empty());
        }
        Optional<String> ssh = text(entry, "ssh").or(() -> text(entry, "public_ip"));
        if (ssh.isEmpty()) {
            throw wrong(region, "a machine in it has neither 'ssh' nor 'public_ip'");
        }
        Optional<String> address = text(entry, "address");
        if (address.isEmpty() && text(entry, "ssh").isPresent()) {
            address = text(entry, "public_ip").or(() -> text(entry, "private_ip"));
        }
        address.filter(ip -> !IP.matcher(ip).matches()).ifPresent(ip -> {
            throw wrong(region, "'" + ip + "' is not an IP address");
        });
        return new Machine(ssh(region, ssh.get()), address);
    }

    private static Optional<String> text(JsonNode entry, String key) {
        return Optional.of(entry.path(key)).filter(JsonNode::isString).map(JsonNode::asString);
    }

    private static SshAddress ssh(String region, String text) {
        try {
            // An IPv6 address as a cloud prints it has no brackets.
            return SshAddress.parse(
                    text.chars().filter(c -> c == ':').count() > 1 && !text.contains("[") ? "[" + text + "]" : text);
        } catch (IllegalArgumentException e) {
            throw wrong(region, String.valueOf(e.getMessage()));
        }
    }

    private static Failure wrong(String region, String why) {
        return Failure.usage(Diagnostic.of(
                "bad-machines",
                "what was printed for the machines of region " + region + " can't be used: " + why,
                FORMS));
    }
}
