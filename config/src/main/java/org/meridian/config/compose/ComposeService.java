package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Whether Compose starts it of itself when these profiles are active. */
    boolean startsWith(Set<String> profiles) {
        List<String> own =
                Shapes.names(body, "profiles").stream().map(Scalar::text).toList();
        return own.isEmpty() || profiles.contains("*") || own.stream().anyMatch(profiles::contains);
    }

    /** The names of the variables that its {@code environment} gives a value of its own: not one that it passes on, as in {@code KEY: ${KEY}}. */
    Set<String> environment() {
        return variables().entrySet().stream()
                .filter(variable -> !passesOn(variable.getKey(), variable.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean passesOn(String name, String value) {
        return value.equals("$" + name)
                || value.equals("${" + name + "}")
                || value.startsWith("${" + name + ":?")
                || value.startsWith("${" + name + "?");
    }

    /** The variables that its {@code environment} gives a value, with it. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        body.get("environment").map(Shapes::variables).stream()
                .flatMap(all -> all.entries().stream())
                .filter(entry -> entry.value() instanceof Scalar scalar && !scalar.absent())
                .forEach(entry -> variables.put(entry.key().text(), ((Scalar) entry.value()).text()));
        return variables;
    }

    /** Its mounts, each as the source and where it is in the container. */
    public List<String> mounts() {
        return Mount.of(this).stream()
                .map(mount -> mount.source() + " at " + mount.target())
                .toList();
    }

    /** How long it may take to end; empty where it does not say. */
    public Optional<Duration> stopGracePeriod() {
        return body.scalar("stop_grace_period").map(Scalar::text).flatMap(ComposeDuration::parse);
    }

    /** Whether it says that it is not started again once it has ended. */
    public boolean endsByItself() {
        return body.scalar("restart")
                .map(Scalar::text)
                .filter(restart -> restart.equals("no") || restart.startsWith("on-failure"))
                .isPresent();
    }

    /** The names of the services that have to be there before it starts. */
    public List<String> dependencies() {
        return Shapes.names(body, "depends_on").stream().map(Scalar::text).toList();
    }

    /** The names of the services that have to have ended well before it starts. */
    public List<String> awaitsEndOf() {
        return body.get("depends_on").orElse(null) instanceof Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.value() instanceof Mapping condition
                                && condition
                                        .scalar("condition")
                                        .filter(text -> text.text().equals("service_completed_successfully"))
                                        .isPresent())
                        .map(entry -> entry.key().text())
                        .toList()
                : List.of();
    }

    /** The directory that it is built from; empty when it is not built from one. */
    Optional<Path> builtFrom(Path directory) {
        return body.get("build")
                .flatMap(build -> build instanceof Mapping form
                        ? form.scalar("context").map(Scalar::text)
                        : Optional.of(build).map(node -> node instanceof Scalar path ? path.text() : "."))
                .filter(context -> !context.contains("://"))
                .flatMap(context -> PlacedFiles.resolved(directory, context))
                .map(context -> context.toAbsolutePath().normalize());
    }

    /** Whether it is built from source. */
    public boolean built() {
        return body.get("build").isPresent();
    }

    /** The repository of its image, as far as it can be known without variables. */
    public Optional<String> repository() {
        return image().map(Scalar::text).flatMap(Repository::of);
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
