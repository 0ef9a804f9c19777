package org.meridian.core.model;

import java.util.Optional;

/**
 * An image that servers pull from no registry: it comes to them over SSH from the machine that deploys, out of its engine or
 * out of a registry that it reads for them.
 *
 * <p>In a release it has the name of a registry that can't exist ({@code .invalid}, RFC 2606), so nobody can be made to pull
 * another one from there, and the digest. Docker keeps a name with a digest only for what it pulled under that name, so on a
 * server the digest is the tag.
 */
public final class PushedImage {
    /** What its name begins with where it is the engine's. */
    private static final String ENGINE = "meridian.invalid";

    /** What its name begins with where it is a registry's; never in a release, since other regions pull it. */
    private static final String RELAY = "relay.meridian.invalid";

    private PushedImage() {}

    /** The name in a release of an image that the registry of this machine has by digest. */
    public static ImageReference of(ImageReference here) {
        return named(ENGINE, here);
    }

    /** The name of an image of a registry, by digest, for servers that get it from there through the machine that deploys. */
    public static ImageReference relayed(ImageReference image) {
        return named(RELAY, image);
    }

    private static ImageReference named(String registry, ImageReference image) {
        return new ImageReference(
                registry + "/" + image.path(),
                Optional.empty(),
                Optional.of(image.digest().orElseThrow()));
    }

    /** Whether it is one. */
    public static boolean is(ImageReference image) {
        return image.registry().equals(ENGINE) || isRelayed(image);
    }

    /** Whether it is one that a registry has. */
    public static boolean isRelayed(ImageReference image) {
        return image.registry().equals(RELAY);
    }

    /** The name that servers know it by; any other image's is its own. */
    public static ImageReference onServer(ImageReference image) {
        return is(image) ? image.withTag(image.digest().orElseThrow().replace(':', '-')) : image;
    }
}
