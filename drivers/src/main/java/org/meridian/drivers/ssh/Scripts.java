package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The shell scripts that run on servers, packaged beside this class. */
final class Scripts {
    private Scripts() {}

    static String read(String name) {
        try (InputStream script = requireNonNull(Scripts.class.getResourceAsStream(name), name + " is not packaged")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
