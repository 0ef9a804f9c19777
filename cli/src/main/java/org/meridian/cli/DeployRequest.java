package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.RegionName;

/**
 * What the user asked to deploy.
 *
 * @param image   the image to deploy instead of the configured one; empty for the configured one
 * @param tag     the tag of the configured image; empty for the configured one; never together with {@code image}
 * @param regions the regions to cover; empty for all
 */
public record DeployRequest(Optional<String> image, Optional<String> tag, Set<RegionName> regions) {
    /** Copies the regions. */
    public DeployRequest {
        requireNonNull(image, "image is null");
        requireNonNull(tag, "tag is null");
        regions = Set.copyOf(regions);
    }
}
