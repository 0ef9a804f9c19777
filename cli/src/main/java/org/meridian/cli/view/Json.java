package org.meridian.cli.view;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The forms that all of our JSON shares: names in snake case, durations in whole milliseconds, ASCII only. */
final class Json {
    // ASCII, because standard output's encoding is the terminal's business and a JSON reader expects UTF-8.
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** An array of what the items print as. */
    static ArrayNode strings(Stream<?> items) {
        ArrayNode array = array();
        items.forEach(item -> array.add(item.toString()));
        return array;
    }

    /** Adds what the value prints as, or null where there is none. */
    static void put(ObjectNode json, String name, Optional<?> value) {
        value.ifPresentOrElse(present -> json.put(name, present.toString()), () -> json.putNull(name));
    }

    /** A measured number, with as many digits as mean something; null where there is none. */
    static void number(ObjectNode json, String name, Optional<Double> value) {
        value.ifPresentOrElse(present -> json.put(name, Math.round(present * 100) / 100.0), () -> json.putNull(name));
    }

    static void put(ObjectNode json, String name, Duration duration) {
        json.put(name, duration.toMillis());
    }

    /** A constant's name as we write it: ROLLED_BACK becomes rolled-back. */
    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One line of text. */
    static String line(JsonNode json) {
        return MAPPER.writeValueAsString(json);
    }
}
