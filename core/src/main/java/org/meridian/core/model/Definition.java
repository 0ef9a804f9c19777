package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a service that keeps data is defined: a fingerprint of each of its keys in the Compose file, of what these name, and of the
 * files that it mounts. Written as {@code image=1b4f0e985197,mem_limit=60303ae22b99}, it is one word for a shell.
 *
 * @param parts the keys, without blanks, commas and equals signs, and their fingerprints
 */
public record Definition(Map<String, String> parts) {
    /** Copies the map. */
    public Definition {
        parts = Map.copyOf(requireNonNull(parts, "parts is null"));
    }

    /** What {@link #toString} wrote; throws an IllegalArgumentException for anything else. */
    public static Definition parse(String written) {
        Map<String, String> parts = new TreeMap<>();
        for (String part : written.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not a definition: " + written);
            }
            parts.put(part.substring(0, equals), part.substring(equals + 1));
        }
        return new Definition(parts);
    }

    /** The same with one more key, or another value of it; without blanks and commas. */
    public Definition with(String key, String value) {
        Map<String, String> more = new TreeMap<>(parts);
        more.put(key, value);
        return new Definition(more);
    }

    /** The keys that differ, in order; none where both are the same. */
    public List<String> differences(Definition other) {
        TreeSet<String> keys = new TreeSet<>(parts.keySet());
        keys.addAll(other.parts.keySet());
        keys.removeIf(key -> parts.getOrDefault(key, "").equals(other.parts.getOrDefault(key, "")));
        return List.copyOf(keys);
    }

    /** The keys in which two written definitions differ; none where one was written in no such way. */
    public static List<String> changed(String then, String now) {
        try {
            return parse(then).differences(parse(now));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return new TreeMap<>(parts)
                .entrySet().stream()
                        .map(part -> part.getKey() + "=" + part.getValue())
                        .collect(Collectors.joining(","));
    }
}
