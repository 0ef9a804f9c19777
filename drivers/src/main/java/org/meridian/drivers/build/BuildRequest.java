package org.meridian.drivers.build;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.meridian.core.model.ImageReference;

/**
 * An image to build.
 *
 * @param image    its name, with a tag
 * @param context  the directory that is built from
 * @param file     the Dockerfile; empty for the one in the context
 * @param platform such as {@code linux/amd64}; empty for the engine's own
 * @param push     whether it goes to the registry that it names
 * @param within   how long it may take
 */
public record BuildRequest(
        ImageReference image,
        Path context,
        Optional<Path> file,
        Optional<String> platform,
        boolean push,
        Duration within) {
    /** Checks that no part is null and that the image has a tag. */
    public BuildRequest {
        requireNonNull(image, "image is null");
        requireNonNull(context, "context is null");
        requireNonNull(file, "file is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(within, "within is null");
        if (image.tag().isEmpty()) {
            throw new IllegalArgumentException("an image that is built needs a tag");
        }
    }
}
