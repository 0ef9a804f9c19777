package org.meridian.core.spi;

import org.meridian.core.model.ImageReference;

/** Knows images by digest. */
public interface ImageRegistry extends AutoCloseable {
    /**
     * The image by digest, under a name that every server can pull; makes it available there if that is this
     * registry's business. Throws {@link org.meridian.core.diagnostic.Failure} of kind USAGE when there is no such
     * image.
     */
    ImageReference resolve(ImageReference image) throws InterruptedException;

    /** Ends what was made for asking alone. */
    @Override
    default void close() {
        // Most make nothing.
    }
}
