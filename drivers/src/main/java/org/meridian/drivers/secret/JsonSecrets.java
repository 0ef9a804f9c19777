package org.meridian.drivers.secret;

import java.util.LinkedHashMap;
import java.util.Map;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a flat JSON object. A number or a boolean stands for the text that it is written with; Jackson's own messages
 * are not repeated, since they show what they could not read.
 */
final class JsonSecrets {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final String source;
    private final String text;

    JsonSecrets(String source, String text) {
        this.source = source;
        this.text = text;
    }

    Map<String, Secret> parse() {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw bad("this is not a JSON object", "Write {\"NAME\": \"value\"}.");
            }
            Map<String, Secret> values = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                values.put(name, value(name, parser));
            }
            if (parser.nextToken() != null) {
                throw bad("something follows the JSON object", "Keep the object alone.");
            }
            return values;
        } catch (JacksonException e) {
            throw bad("this is not JSON" + place(e), "Write {\"NAME\": \"value\"}, each name once.");
        }
    }

    private Secret value(String name, JsonParser parser) {
        if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
            throw bad(
                    "the value of '" + name + "' is not text, a number or a boolean",
                    "Write each secret as a name and a text at the top of the object.");
        }
        return Secret.of(parser.getString());
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private Failure bad(String summary, String suggestion) {
        return Failure.usage(Diagnostic.of("bad-secrets", source + ": " + summary, suggestion));
    }
}
