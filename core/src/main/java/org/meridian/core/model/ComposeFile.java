package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The team's Compose file: the one description of the app's containers.
 *
 * @param text     its bytes as text, sent to the servers as they are
 * @param services the services by name
 * @param variables names of the variables that it takes from its environment without a default
 */
public record ComposeFile(String text, Map<String, Service> services, Set<String> variables) {
    /** Copies the collections. */
    public ComposeFile {
        requireNonNull(text, "text is null");
        services = Map.copyOf(services);
        variables = Set.copyOf(variables);
    }

    /** One that takes no variables. */
    public ComposeFile(String text, Map<String, Service> services) {
        this(text, services, Set.of());
    }

    /**
     * One service of the file.
     *
     * @param image      the image written there; empty where the service is only built
     * @param appImage   whether it runs the app's own image, which each release replaces
     * @param published  container port to host port, for the ports it publishes to a fixed host port
     */
    public record Service(Optional<ImageReference> image, boolean appImage, Map<Integer, Integer> published) {
        /** Copies the ports. */
        public Service {
            requireNonNull(image, "image is null");
            published = Map.copyOf(published);
        }
    }
}
