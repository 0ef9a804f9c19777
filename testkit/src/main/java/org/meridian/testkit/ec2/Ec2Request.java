package org.meridian.testkit.ec2;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A request's parameters; one that nothing asks for is an error, so that the cloud never ignores what it doesn't know. */
final class Ec2Request {
    private final Map<String, String> parameters = new TreeMap<>();
    private final Set<String> asked = new HashSet<>();

    private final String region;

    /**
     * Reads a request.
     *
     * @param body          of the type application/x-www-form-urlencoded
     * @param authorization the header, whose scope names the region (Signature Version 4: key/date/region/…)
     */
    Ec2Request(String body, String authorization) {
        String[] scope = authorization.split("/", -1);
        region = scope.length > 2 ? scope[2] : "";
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        asked.addAll(List.of("Action", "Version"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The region that is meant, such as us-east-1. */
    String region() {
        return region;
    }

    String action() {
        return parameters.getOrDefault("Action", "");
    }

    Optional<String> find(String name) {
        asked.add(name);
        return Optional.ofNullable(parameters.get(name));
    }

    String require(String name) {
        return find(name)
                .orElseThrow(() -> Refused.of("MissingParameter", "The request must contain the parameter " + name));
    }

    /** What is said and may have any of these values, for the cloud does the same with each. */
    void allow(String name, String... values) {
        find(name).filter(value -> !List.of(values).contains(value)).ifPresent(value -> {
            throw Refused.of("InvalidParameterValue", "this test cloud does not know " + name + "=" + value);
        });
    }

    /** {@code Name.1}, {@code Name.2} and so on. */
    List<String> list(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 1; parameters.containsKey(name + "." + i); i++) {
            values.add(require(name + "." + i));
        }
        return values;
    }

    /** The numbers i for which there are parameters {@code name.i.…}, as prefixes with a dot. */
    List<String> structures(String name) {
        List<String> prefixes = new ArrayList<>();
        for (int i = 1; ; i++) {
            String prefix = name + "." + i + ".";
            if (parameters.keySet().stream().noneMatch(key -> key.startsWith(prefix))) {
                return prefixes;
            }
            prefixes.add(prefix);
        }
    }

    /** {@code Filter.i.Name} with {@code Filter.i.Value.j}. */
    Map<String, List<String>> filters() {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        structures("Filter").forEach(prefix -> filters.put(require(prefix + "Name"), list(prefix + "Value")));
        return filters;
    }

    /** The tags that a request gives to what it makes. */
    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        for (String specification : structures("TagSpecification")) {
            require(specification + "ResourceType");
            structures(specification + "Tag").forEach(tag -> tags.put(require(tag + "Key"), require(tag + "Value")));
        }
        return tags;
    }

    /** Throws when there is a parameter that nobody asked for. */
    void requireAllUnderstood() {
        List<String> unknown = parameters.entrySet().stream()
                .filter(parameter -> !asked.contains(parameter.getKey()))
                .map(Map.Entry::toString)
                .toList();
        if (!unknown.isEmpty()) {
            throw Refused.of("UnknownParameter", "this test cloud does not know " + unknown + " of " + action());
        }
    }
}
