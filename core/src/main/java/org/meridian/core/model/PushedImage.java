package org.meridian.core.model;

import java.util.Optional;

/**
 * An image that no registry has for the servers: it comes from the engine of the machine that deploys, over SSH.
 *
 * <p>In a release it has the name of a registry that can't exist ({@code .invalid}, RFC 2606), so nobody can be made to pull
 * another one from there, and the digest. Docker keeps a name with a digest only for what it pulled under that name, so on a
 * server the digest is the tag.
 */
public final class PushedImage {
    /** What its name begins with. */
    public static final String REGISTRY = "meridian.invalid";

    private PushedImage() {}

    /** The name in a release of an image that the registry of this machine has by digest. */
    public static ImageReference of(ImageReference here) {
        return new ImageReference(
                REGISTRY + "/" + here.path(),
                Optional.empty(),
                Optional.of(here.digest().orElseThrow()));
    }

    /** Whether it is one. */
    public static boolean is(ImageReference image) {
        return image.registry().equals(REGISTRY);
    }

    /** The name that servers know it by; any other image's is its own. */
    public static ImageReference onServer(ImageReference image) {
        return is(image) ? image.withTag(image.digest().orElseThrow().replace(':', '-')) : image;
    }
}
