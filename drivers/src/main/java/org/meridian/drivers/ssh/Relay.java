package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.PushedImage;
import org.meridian.core.model.RegionName;

/**
 * A registry whose images the servers of some regions get through this machine, which logs in there.
 *
 * @param regions  those regions
 * @param registry its name, as images begin with it
 * @param source   the registry as this machine reads it
 */
public record Relay(Set<RegionName> regions, String registry, ImageSource source) {
    /** Every server pulls from every registry itself. */
    static final Relay NONE = new Relay(Set.of(), "", () -> {
        throw new IllegalStateException("no region gets images through this machine");
    });

    /** Copies the regions. */
    public Relay {
        regions = Set.copyOf(regions);
        requireNonNull(registry, "registry is null");
        requireNonNull(source, "source is null");
    }

    /** Whether servers of a region get this image through this machine. */
    boolean brings(ImageReference image, RegionName region) {
        return regions.contains(region)
                && image.registry().equals(registry)
                && image.digest().isPresent()
                && !PushedImage.is(image);
    }
}
