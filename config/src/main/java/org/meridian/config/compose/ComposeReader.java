package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.core.variables.Variables;

/** Reads the services of a Compose project as Docker Compose does; what Meridian has no part in is for Compose to check. */
public final class ComposeReader {
    /** Far more than a server runs. */
    private static final int MOST_SERVICES = 500;

    static final String PROFILES = "COMPOSE_PROFILES";

    private final Problems problems;

    /** Keeps problems in this list, each at its place in the Compose file. */
    public ComposeReader(Problems problems) {
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** The document that a single text is, without any variable; empty, with a problem kept, when it is no Compose file. */
    public Optional<ComposeDocument> read(String file, String text) {
        Path path = Path.of(file);
        return read(ComposeSources.of(path, text, problems), List.of(path), Variables.NONE);
    }

    /**
     * The document that these files make with these variables, each laid over the ones before it.
     *
     * @param files at least one; paths in all of them count from the first one's directory
     * @return empty, with problems kept, when it is no Compose file
     */
    public Optional<ComposeDocument> read(ComposeSources sources, List<Path> files, Variables variables) {
        Path directory = Trees.parent(files.getFirst());
        if (tooManyServices(sources, files)) {
            return Optional.empty();
        }
        Trees trees = new Trees(sources, variables, problems);
        return new ComposeProject(trees, problems)
                .whole(files, directory)
                .flatMap(root -> document(trees, files, root));
    }

    private Optional<ComposeDocument> document(Trees trees, List<Path> files, Mapping root) {
        Optional<Mapping> services = services(root);
        if (services.isEmpty()) {
            return Optional.empty();
        }
        Set<String> profiles = Arrays.stream(
                        trees.variables().value(PROFILES).orElse("").split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
        List<ComposeService> active = new ArrayList<>();
        List<ComposeService> inactive = new ArrayList<>();
        for (ComposeService service : read(services.get())) {
            (service.startsWith(profiles) ? active : inactive).add(service);
        }
        String text = trees.sources().at(files.getFirst()).orElseThrow().text();
        return Optional.of(new ComposeDocument(
                files.getFirst().toString(), text, root, active, inactive, trees.sources(), files, trees.refused()));
    }

    private boolean tooManyServices(ComposeSources sources, List<Path> files) {
        for (Path file : files) {
            Optional<Mapping> services = sources.at(file)
                    .flatMap(source -> source.root().get("services"))
                    .filter(Mapping.class::isInstance)
                    .map(Mapping.class::cast)
                    .filter(mapping -> mapping.entries().size() > MOST_SERVICES);
            if (services.isPresent()) {
                problems.error(
                        services.get().where(),
                        "too-many-services",
                        "these are " + services.get().entries().size() + " services; Meridian reads " + MOST_SERVICES,
                        "Keep the services that run together on one server.");
                return true;
            }
        }
        return false;
    }

    private Optional<Mapping> services(Mapping top) {
        Optional<YamlNode> node = top.get("services");
        if (node.isEmpty()) {
            problems.error(
                    top.where(),
                    "not-compose",
                    "this Compose file has no services",
                    "Write the containers under 'services:', as in any Compose file.");
            return Optional.empty();
        }
        return node.flatMap(services -> Shapes.mapping(services, problems));
    }

    private List<ComposeService> read(Mapping services) {
        PortReader ports = new PortReader(problems);
        return services.entries().stream()
                .filter(entry -> entry.value() instanceof Mapping)
                .map(entry -> service(entry, (Mapping) entry.value(), ports))
                .toList();
    }

    private static ComposeService service(Entry entry, Mapping body, PortReader ports) {
        return new ComposeService(entry.key().text(), entry.key().where(), body, ports.ports(body));
    }
}
