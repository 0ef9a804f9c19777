package org.meridian.drivers.terraform;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration says about a region's module.
 *
 * @param path      the directory of the team's own module; empty for the one that comes with the provider
 * @param variables what the module is given besides what every module gets: strings, lists and maps of such
 */
public record RegionModule(Optional<Path> path, Map<String, Object> variables) {
    /** The module that comes with the provider, as it is. */
    public static final RegionModule BUNDLED = new RegionModule(Optional.empty(), Map.of());

    /** Copies the variables. */
    public RegionModule {
        path = path.map(Path::toAbsolutePath).map(Path::normalize);
        variables = Map.copyOf(variables);
    }
}
