package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.meridian.config.compose.ComposePort;
import org.meridian.config.compose.ComposeService;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;

/** What stands at a service, each part as plain text; what has another form than Compose wants counts as absent. */
final class ServiceFacts {
    private final ComposeService service;
    private final boolean active;

    /** Of a service that starts by itself, or else waits for a profile. */
    ServiceFacts(ComposeService service, boolean active) {
        this.service = requireNonNull(service, "service is null");
        this.active = active;
    }

    /** Whether it starts by itself. */
    boolean active() {
        return active;
    }

    String name() {
        return service.name();
    }

    Location where() {
        return service.where();
    }

    List<ComposePort> ports() {
        return service.ports();
    }

    boolean built() {
        return service.built();
    }

    /** The image; what depends on a variable without a default still has the variable in it. */
    Optional<String> image() {
        return service.image().map(image -> text(image));
    }

    /** The image without tag and digest. */
    String repository() {
        String image = image().orElse("").split("@", 2)[0];
        int tag = image.indexOf(':', image.lastIndexOf('/') + 1);
        return (tag < 0 ? image : image.substring(0, tag)).toLowerCase(Locale.ROOT);
    }

    /** The repository's parts without the registry. */
    List<String> path() {
        List<String> parts = List.of(repository().split("/", -1));
        boolean registry = parts.size() > 1 && parts.getFirst().matches(".*[.:].*|localhost");
        return registry ? parts.subList(1, parts.size()) : parts;
    }

    /** The words of the service's own name: {@code initContainer} and {@code plane-db} have two each. */
    List<String> words() {
        return List.of(name().replaceAll("([a-z])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .strip()
                .split("[^a-z]+", -1));
    }

    /** Entry point and command in one line. */
    String command() {
        return (words("entrypoint") + " " + words("command")).strip();
    }

    /** The command of the health check, in one line. */
    String healthTest() {
        return service.body().get("healthcheck").orElse(null) instanceof Mapping check
                ? check.get("test").map(ServiceFacts::joined).orElse("")
                : "";
    }

    Map<String, String> environment() {
        return pairs(service.body(), "environment");
    }

    /** The labels of its containers and, for Swarm, of the service. */
    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>(pairs(service.body(), "labels"));
        if (service.body().get("deploy").orElse(null) instanceof Mapping deploy) {
            labels.putAll(pairs(deploy, "labels"));
        }
        return labels;
    }

    /** The services that it waits for. */
    Set<String> dependencies() {
        return names("depends_on", "links");
    }

    /** The services that have to be done before this one starts. */
    Set<String> dependenciesThatEnd() {
        return new TreeSet<>(service.awaitsEndOf());
    }

    /** What is mounted, each as {@code source:target}. */
    List<String> mounts() {
        return items("volumes")
                .map(item -> switch (item) {
                    case Scalar scalar -> text(scalar);
                    case Mapping mapping -> word(mapping, "source") + ":" + word(mapping, "target");
                    case Sequence sequence -> "";
                })
                .toList();
    }

    boolean has(String key) {
        return service.body().get(key).isPresent();
    }

    /** The directory that it is built from, as it is written. */
    Optional<String> buildContext() {
        return service.body().get("build").flatMap(build -> switch (build) {
            case Scalar scalar -> Optional.of(text(scalar));
            case Mapping mapping -> Optional.of(word(mapping, "context"));
            case Sequence sequence -> Optional.empty();
        });
    }

    /** The Dockerfile that it is built with, as it is written. */
    Optional<String> dockerfile() {
        return service.body().get("build").orElse(null) instanceof Mapping build
                ? build.scalar("dockerfile").map(ServiceFacts::text)
                : Optional.empty();
    }

    /** The service whose network it takes part in, as in {@code network_mode: service:vpn}. */
    Optional<String> carrier() {
        String mode = word(service.body(), "network_mode");
        return mode.startsWith("service:")
                ? Optional.of(mode.substring("service:".length()).strip())
                : Optional.empty();
    }

    /** All text of the service, in which others may be named. */
    String everything() {
        return joined(service.body());
    }

    private String words(String key) {
        return service.body().get(key).map(ServiceFacts::joined).orElse("");
    }

    private Stream<YamlNode> items(String key) {
        return items(service.body(), key);
    }

    private static Stream<YamlNode> items(Mapping body, String key) {
        return body.get(key).stream()
                .flatMap(node -> node instanceof Sequence sequence ? sequence.items().stream() : Stream.of(node));
    }

    private Set<String> names(String... keys) {
        Set<String> names = new TreeSet<>();
        for (String key : keys) {
            if (service.body().get(key).orElse(null) instanceof Mapping mapping) {
                mapping.entries().forEach(entry -> names.add(entry.key().text()));
            } else {
                items(key)
                        .filter(Scalar.class::isInstance)
                        .forEach(item -> names.add(((Scalar) item).text().split(":", 2)[0]));
            }
        }
        return names;
    }

    /** The two forms of {@code environment} and {@code labels}: a mapping, or a list of {@code NAME=value}. */
    private static Map<String, String> pairs(Mapping body, String key) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (body.get(key).orElse(null) instanceof Mapping mapping) {
            mapping.entries()
                    .forEach(entry -> pairs.put(
                            entry.key().text(),
                            entry.value() instanceof Scalar scalar ? text(scalar) : joined(entry.value())));
            return pairs;
        }
        items(body, key).filter(Scalar.class::isInstance).forEach(item -> {
            String[] pair = text((Scalar) item).split("=", 2);
            pairs.put(pair[0], pair.length < 2 ? "" : pair[1]);
        });
        return pairs;
    }

    private static String word(Mapping mapping, String key) {
        return mapping.scalar(key).map(ServiceFacts::text).orElse("");
    }

    private static String joined(YamlNode node) {
        List<String> words = new ArrayList<>();
        join(node, words);
        return String.join(" ", words);
    }

    private static void join(YamlNode node, List<String> words) {
        switch (node) {
            case Scalar scalar -> words.add(text(scalar));
            case Sequence sequence -> sequence.items().forEach(item -> join(item, words));
            case Mapping mapping -> mapping.entries().forEach(entry -> join(entry.value(), words));
        }
    }

    private static String text(Scalar scalar) {
        return scalar.text();
    }
}
