package org.meridian.drivers.haproxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A piece of configuration with places to fill in, written <code>${name}</code>.
 *
 * @param text the piece
 */
record Template(String text) {
    /** The piece that lies beside this class under that name. */
    static Template of(String file) {
        try (InputStream stream = Template.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing from the build");
            }
            return new Template(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The piece with one place filled in. */
    Template with(String name, String value) {
        return new Template(text.replace("${" + name + "}", value));
    }
}
