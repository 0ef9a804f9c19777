package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A registry that gives Docker Hub's images to those that don't ask Docker Hub itself, such as a cache that passes requests
 * on (Docker documentation, "Mirror the Docker Hub library").
 *
 * @param prefix what stands in the place of {@code docker.io}: a host's name, a port where it has one, and a path where the
 *               mirror has several registries, such as {@code mirror.example.com/hub}
 */
public record ImageMirror(String prefix) {
    private static final Pattern FORM =
            Pattern.compile("(localhost|[a-z0-9-]+(\\.[a-z0-9-]+)+)(:[0-9]{1,5})?(/[a-z0-9][a-z0-9._-]{0,60}){0,5}");

    /** Checks the form; throws IllegalArgumentException for another. */
    public ImageMirror {
        requireNonNull(prefix, "prefix is null");
        if (prefix.length() > 200 || !FORM.matcher(prefix).matches()) {
            throw new IllegalArgumentException("'" + prefix + "' is not the address of a registry");
        }
    }

    /** Reads an address, with {@code https://} before it or nothing; throws IllegalArgumentException for another. */
    public static ImageMirror parse(String address) {
        String bare = address.startsWith("https://") ? address.substring("https://".length()) : address;
        return new ImageMirror(bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare);
    }

    /** What an image is pulled as: Docker Hub's through the mirror, any other as it is. */
    public ImageReference of(ImageReference image) {
        return image.registry().equals(ImageReference.DOCKER_HUB)
                ? new ImageReference(prefix + "/" + image.path(), image.tag(), image.digest())
                : image;
    }

    /** What images are pulled as where there may be a mirror. */
    public static UnaryOperator<ImageReference> through(Optional<ImageMirror> mirror) {
        return image -> mirror.map(found -> found.of(image)).orElse(image);
    }
}
