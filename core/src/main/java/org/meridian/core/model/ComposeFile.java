package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The team's Compose file: the one description of the app's containers.
 *
 * @param text     its bytes as text, sent to the servers as they are
 * @param services the services by name
 * @param variables the variables that it takes from its environment without a default, each with the places that take it,
 *                 such as {@code compose.yaml:12}, in order
 * @param beside   what goes to the servers with it
 * @param deciding variables whose values are needed before there are secrets, each with what it decides, such as {@code
 *                 services.cache.image}
 * @param kept     the services of it that outlive releases
 */
public record ComposeFile(
        String text,
        Map<String, Service> services,
        Map<String, List<String>> variables,
        BesideFiles beside,
        Map<String, String> deciding,
        Kept kept) {
    /** What stands before the path in a reference to a file beside the Compose file that may hold secrets. */
    public static final String HIDDEN = "compose-file:";

    /** Copies the collections. */
    public ComposeFile {
        requireNonNull(text, "text is null");
        services = Map.copyOf(services);
        variables = copied(variables);
        requireNonNull(beside, "beside is null");
        deciding = Map.copyOf(deciding);
        requireNonNull(kept, "kept is null");
    }

    private static Map<String, List<String>> copied(Map<String, List<String>> lists) {
        return lists.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    /** One in which nothing outlives a release, and of whose variables nobody knows the places. */
    public ComposeFile(
            String text,
            Map<String, Service> services,
            Set<String> variables,
            BesideFiles beside,
            Map<String, String> deciding) {
        this(
                text,
                services,
                variables.stream().collect(Collectors.toMap(Function.identity(), unused -> List.of())),
                beside,
                deciding,
                Kept.NONE);
    }

    /** One that stands alone. */
    public ComposeFile(String text, Map<String, Service> services, Set<String> variables) {
        this(text, services, variables, BesideFiles.NONE, Map.of());
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
     * @param environment names of the variables that its own {@code environment} gives a value
     * @param files      what files beside it give, of which a later one wins
     */
    public record Service(
            Optional<ImageReference> image,
            boolean appImage,
            Map<Integer, Integer> published,
            Set<String> environment,
            List<FromFile> files) {
        /** Copies the ports and the names. */
        public Service {
            requireNonNull(image, "image is null");
            published = Map.copyOf(published);
            environment = Set.copyOf(environment);
            files = List.copyOf(files);
        }

        /** One that gives itself no variables. */
        public Service(Optional<ImageReference> image, boolean appImage, Map<Integer, Integer> published) {
            this(image, appImage, published, Set.of());
        }

        /** One that gets none from files. */
        public Service(
                Optional<ImageReference> image,
                boolean appImage,
                Map<Integer, Integer> published,
                Set<String> environment) {
            this(image, appImage, published, environment, List.of());
        }
    }

    /**
     * Variables that a file beside the Compose file gives.
     *
     * @param file  its path, as it is written
     * @param names their names
     */
    public record FromFile(String file, Set<String> names) {
        /** Copies the names. */
        public FromFile {
            requireNonNull(file, "file is null");
            names = Set.copyOf(names);
        }
    }
}
