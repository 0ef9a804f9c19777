package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.meridian.core.model.ImageMirror;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.PushedImage;
import org.meridian.core.model.RegionName;

/**
 * Where servers get images from.
 *
 * @param logins what they log in with to pull
 * @param mirror what they pull Docker Hub's images through; empty for Docker Hub itself
 * @param pushed what has the images of this machine's engine that are pushed to them
 * @param relay  what some of them don't pull from themselves
 */
public record ImageSupply(RegistryLogins logins, Optional<ImageMirror> mirror, ImageSource pushed, Relay relay) {
    /** Registries that ask for no login, and nothing that is pushed. */
    static final ImageSupply REGISTRIES = new ImageSupply(
            RegistryLogins.NONE,
            Optional.empty(),
            () -> {
                throw new IllegalStateException("no image is pushed");
            },
            Relay.NONE);

    /** Checks that no part is null. */
    public ImageSupply {
        requireNonNull(logins, "logins is null");
        requireNonNull(mirror, "mirror is null");
        requireNonNull(pushed, "pushed is null");
        requireNonNull(relay, "relay is null");
    }

    /** The names under which servers of a region get images. */
    UnaryOperator<ImageReference> names(RegionName region) {
        UnaryOperator<ImageReference> pulled = ImageMirror.through(mirror);
        return image -> relay.brings(image, region) ? PushedImage.relayed(image) : pulled.apply(image);
    }
}
