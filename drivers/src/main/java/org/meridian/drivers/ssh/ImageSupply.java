package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.model.ImageMirror;

/**
 * Where servers get images from.
 *
 * @param logins what they log in with to pull
 * @param mirror what they pull Docker Hub's images through; empty for Docker Hub itself
 * @param pushed what has the images that are pushed to them
 */
public record ImageSupply(RegistryLogins logins, Optional<ImageMirror> mirror, ImageSource pushed) {
    /** Registries that ask for no login, and nothing that is pushed. */
    static final ImageSupply REGISTRIES = new ImageSupply(RegistryLogins.NONE, Optional.empty(), () -> {
        throw new IllegalStateException("no image is pushed");
    });

    /** Checks that no part is null. */
    public ImageSupply {
        requireNonNull(logins, "logins is null");
        requireNonNull(mirror, "mirror is null");
        requireNonNull(pushed, "pushed is null");
    }
}
