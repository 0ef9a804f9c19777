package org.meridian.core.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.meridian.core.model.RegionName;

/**
 * A variable that a service's {@code environment} sets in the Compose file and that has another source on the servers.
 *
 * @param service the service
 * @param name    the variable's name; no value is known here
 * @param source  what wins: a secret's reference, or the key of the configuration, such as {@code regions.eu.env}
 * @param regions where it does, in the order of the configuration
 */
public record Overridden(String service, String name, String source, List<RegionName> regions) {
    /** Copies the regions. */
    public Overridden {
        requireNonNull(service, "service is null");
        requireNonNull(name, "name is null");
        requireNonNull(source, "source is null");
        regions = List.copyOf(regions);
    }
}
