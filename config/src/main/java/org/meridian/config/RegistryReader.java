package org.meridian.config;

import java.util.Optional;
import org.meridian.config.document.Section;
import org.meridian.core.model.ImageMirror;

/** Reads {@code registry}: from where images come that name Docker Hub. */
final class RegistryReader {
    private RegistryReader() {}

    static Optional<ImageMirror> mirror(Section registry) {
        return registry.find("mirror")
                .flatMap(field -> field.parsed(
                        ImageMirror::parse,
                        "Write a registry's host, and a path where it has one, such as https://mirror.example.com."));
    }
}
