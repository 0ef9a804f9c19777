package org.meridian.testkit.simulation;

import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Release;
import org.meridian.core.spi.ImageRegistry;

/** A registry in which the tag v7 points to version 7, and every other to the version that was published last. */
final class SimulatedRegistry implements ImageRegistry {
    private static final String ALGORITHM = "sha256:";

    private static final Pattern VERSION = Pattern.compile("v[0-9]+");

    private String digest = digest(0);

    void publish(int version) {
        digest = digest(version);
    }

    @Override
    public ImageReference resolve(ImageReference image) {
        return image.withDigest(image.tag()
                .filter(tag -> VERSION.matcher(tag).matches())
                .map(tag -> digest(Integer.parseInt(tag.substring(1))))
                .orElse(digest));
    }

    /** The version that a release consists of. */
    static int version(Release release) {
        return Optional.ofNullable(
                        release.content().images().get(release.content().serve().service()))
                .flatMap(ImageReference::digest)
                .map(digest -> Integer.parseInt(digest.substring(digest.length() - 7), 16))
                .orElse(0);
    }

    private static String digest(int version) {
        String hex = Integer.toHexString(version);
        return ALGORITHM + "0".repeat(64 - hex.length()) + hex;
    }
}
