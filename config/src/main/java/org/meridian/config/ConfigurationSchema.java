package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema (draft 2020-12) of {@code meridian.yml}, by which editors complete keys and mark wrong ones. */
public final class ConfigurationSchema {
    private ConfigurationSchema() {}

    /** The schema as JSON. */
    public static String json() {
        try (InputStream schema = ConfigurationSchema.class.getResourceAsStream("meridian.schema.json")) {
            return new String(requireNonNull(schema, "schema is null").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
