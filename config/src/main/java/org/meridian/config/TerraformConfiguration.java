package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.RegionName;

/**
 * What the configuration says about Terraform.
 *
 * @param program     the program: a name on the PATH, or a path
 * @param backend     the type of backend that keeps the states
 * @param settings    the backend's settings; {@code {app}} and {@code {region}} in a value stand for the names
 * @param pluginCache where providers are kept; empty for a directory of the person's
 * @param parallelism how many regions are worked on at once; empty for as many as there is memory for
 * @param within      how long one run may take
 * @param modules     for each region that Terraform makes, what its module is and gets
 */
public record TerraformConfiguration(
        String program,
        String backend,
        Map<String, String> settings,
        Optional<Path> pluginCache,
        Optional<Integer> parallelism,
        Duration within,
        Map<RegionName, Module> modules) {
    /** Copies the maps. */
    public TerraformConfiguration {
        requireNonNull(program, "program is null");
        requireNonNull(backend, "backend is null");
        requireNonNull(pluginCache, "pluginCache is null");
        requireNonNull(parallelism, "parallelism is null");
        requireNonNull(within, "within is null");
        settings = Map.copyOf(settings);
        modules = Map.copyOf(modules);
    }

    /**
     * A region's module.
     *
     * @param path      its directory; empty for the provider's own
     * @param variables what it is given: text, lists and maps of such
     */
    public record Module(Optional<Path> path, Map<String, Object> variables) {
        /** Copies the variables. */
        public Module {
            requireNonNull(path, "path is null");
            variables = Map.copyOf(variables);
        }
    }
}
