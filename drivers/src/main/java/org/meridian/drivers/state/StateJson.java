package org.meridian.drivers.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.function.Function;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * How the model is written as JSON: records by their components, names and numbers of things as people write them, times
 * as ISO 8601. A field that is not known is skipped, so that an older Meridian reads what a newer one wrote.
 */
public final class StateJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(asText(ReleaseId.class, ReleaseId::parse))
            .addModule(asText(RegionName.class, RegionName::new))
            .addModule(asText(ImageReference.class, ImageReference::parse))
            .addModule(asText(ServerName.class, ServerName::new))
            .build();

    private StateJson() {}

    /** A record's text; the same record has the same text every time. */
    public static String write(Object record) {
        return MAPPER.writeValueAsString(record);
    }

    /** The record that a text in a store holds; throws a Failure that names the store when it is no such record. */
    public static <T> T read(String store, String text, Class<T> type) {
        try {
            return requireNonNull(MAPPER.readValue(text, type), "it says null");
        } catch (JacksonException e) {
            throw StateFailures.unreadable(store, type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | NullPointerException | ArithmeticException | DateTimeException e) {
            // What a record refuses is not always wrapped, such as a map's key.
            throw StateFailures.unreadable(store, type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** What tells one record's text from every other. */
    public static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A time as nanoseconds since 1970, which a long holds until 2262. */
    public static long nanos(Instant time) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, time);
    }

    private static <T> SimpleModule asText(Class<T> type, Function<String, T> parse) {
        return new SimpleModule(type.getName())
                .addSerializer(type, new ToStringSerializer(type))
                .addDeserializer(type, new FromText<>(type, parse))
                .addKeyDeserializer(type, new KeyDeserializer() {
                    @Override
                    public Object deserializeKey(String key, DeserializationContext context) {
                        return parse.apply(key);
                    }
                });
    }

    /** Reads a value from a string. */
    private static final class FromText<T> extends StdDeserializer<T> {
        private final transient Function<String, T> parse;

        FromText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            return parse.apply(parser.getString());
        }
    }
}
