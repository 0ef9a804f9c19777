package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.diagnostic.Location;

/**
 * A service of a Compose file.
 *
 * @param name  its name
 * @param where where it begins
 * @param body  everything written under it, and what it takes over by {@code extends}
 * @param ports the TCP ports that it publishes or exposes
 */
public record ComposeService(String name, Location where, Mapping body, List<ComposePort> ports) {
    /** Copies the ports. */
    public ComposeService {
        requireNonNull(name, "name is null");
        requireNonNull(where, "where is null");
        requireNonNull(body, "body is null");
        ports = List.copyOf(ports);
    }

    /** The image as it is written. */
    public Optional<Scalar> image() {
        return body.scalar("image");
    }

    /** Whether it is built from source. */
    public boolean built() {
        return body.get("build").isPresent();
    }

    /** The repository of its image, as far as it can be known without variables. */
    public Optional<String> repository() {
        return image().map(image -> Interpolation.of(image.text()).text()).flatMap(Repository::of);
    }

    /** Whether it runs the image of that repository: by name, or because it is built here and has no other name. */
    public boolean runs(String appRepository) {
        Optional<String> own = repository().map(Repository::normal);
        return own.isPresent() ? own.get().equals(Repository.normal(appRepository)) : built() && image().isEmpty();
    }

    /** The container ports, each once, in ascending order. */
    public Collection<Integer> containerPorts() {
        return ports.stream().map(ComposePort::container).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The fixed host port that this container port is published under. */
    public Optional<ComposePort> published(int containerPort) {
        return ports.stream()
                .filter(port -> port.container() == containerPort && port.host().isPresent())
                .findFirst();
    }
}
