package org.meridian.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Text files that come with the app. */
final class Resource {
    private Resource() {}

    /** The file at the path inside the jar, for example {@code /layout.html}. */
    static String text(String path) {
        try (InputStream in = Resource.class.getResourceAsStream(path)) {
            return new String(requireNonNull(in, "no resource " + path).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
