package org.meridian.drivers.cloudflare;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which fields of something at Cloudflare are not as wanted; what we have no wish about does not count. */
final class JsonDifference {
    /** Maps whose keys are not ours to leave alone. */
    private static final Set<String> WHOLE = Set.of("region_pools", "country_pools", "pop_pools");

    private JsonDifference() {}

    /** The wanted fields that differ, as they are to be; empty when none does. */
    static ObjectNode of(JsonNode present, JsonNode wanted) {
        ObjectNode difference = JsonNodeFactory.instance.objectNode();
        wanted.properties().forEach(field -> {
            JsonNode is = present.path(field.getKey());
            boolean same = WHOLE.contains(field.getKey())
                    ? (is.isEmpty() && field.getValue().isEmpty()) || is.equals(field.getValue())
                    : holds(is, field.getValue());
            if (!same) {
                difference.set(field.getKey(), field.getValue());
            }
        });
        return difference;
    }

    private static boolean holds(JsonNode present, JsonNode wanted) {
        if (wanted.isObject()) {
            return wanted.properties().stream()
                    .allMatch(field -> holds(present.path(field.getKey()), field.getValue()));
        }
        if (wanted.isNumber()) {
            return present.isNumber() && present.decimalValue().compareTo(wanted.decimalValue()) == 0;
        }
        return present.equals(wanted);
    }
}
