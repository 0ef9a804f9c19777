package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.RegionName;

/**
 * What a person asks to be deployed.
 *
 * @param image   the image instead of the configured one; empty for that one
 * @param tag     the tag instead of the configured one; empty for that one
 * @param regions the regions to deploy to; empty for all
 * @param abandonInterrupted whether another release's rollout that did not end is undone first
 */
public record DeployRequest(
        Optional<String> image, Optional<String> tag, Set<RegionName> regions, boolean abandonInterrupted) {
    /** Copies the regions. */
    public DeployRequest {
        requireNonNull(image, "image is null");
        requireNonNull(tag, "tag is null");
        regions = Set.copyOf(regions);
    }
}
