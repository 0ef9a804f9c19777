package org.meridian.config.compose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlFile;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;

/** Reads the services of a Compose file; what else is in it is for Compose to check. */
public final class ComposeReader {
    /** Far more than a server runs. */
    private static final int MOST_SERVICES = 500;

    private final Problems problems;

    /** Keeps problems in this list, each at its place in the Compose file. */
    public ComposeReader(Problems problems) {
        this.problems = problems;
    }

    /** The document; empty, with a problem kept, when it is no Compose file. */
    public Optional<ComposeDocument> read(String file, String text) {
        Optional<YamlNode> root = new YamlFile(file, problems).parse(text);
        root.ifPresent(this::checkVariables);
        return root.flatMap(this::mapping)
                .flatMap(top -> services(top).map(services -> new ComposeDocument(file, text, top, services)));
    }

    private void checkVariables(YamlNode node) {
        switch (node) {
            case Mapping mapping -> mapping.entries().forEach(entry -> checkVariables(entry.value()));
            case Sequence sequence -> sequence.items().forEach(this::checkVariables);
            case Scalar scalar -> {
                if (Interpolation.tooDeep(scalar.text())) {
                    problems.error(
                            scalar.where(),
                            "nested-variables",
                            "too many defaults stand within defaults of variables here",
                            "Write the default itself.");
                }
            }
        }
    }

    private Optional<Mapping> mapping(YamlNode node) {
        if (node instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        problems.error(
                node.where(),
                "not-compose",
                node.kind() + " stands where keys with values are needed",
                "Write the containers under 'services:', as in any Compose file.");
        return Optional.empty();
    }

    private Optional<List<ComposeService>> services(Mapping top) {
        Optional<YamlNode> node = top.get("services");
        if (node.isEmpty()) {
            problems.error(
                    top.where(),
                    "not-compose",
                    "this Compose file has no services",
                    "Write the containers under 'services:', as in any Compose file.");
            return Optional.empty();
        }
        return node.flatMap(this::mapping).map(this::read);
    }

    private List<ComposeService> read(Mapping mapping) {
        if (mapping.entries().size() > MOST_SERVICES) {
            problems.error(
                    mapping.where(),
                    "too-many-services",
                    "these are " + mapping.entries().size() + " services; Meridian reads " + MOST_SERVICES,
                    "Keep the services that run together on one server.");
            return List.of();
        }
        Map<String, Entry> bodies = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            mapping(entry.value()).ifPresent(body -> bodies.put(entry.key().text(), new Entry(entry.key(), body)));
        }
        PortReader ports = new PortReader(problems);
        Extensions extensions = new Extensions(bodies, problems);
        return bodies.values().stream()
                .map(entry -> {
                    Mapping whole = extensions.whole(entry);
                    return new ComposeService(entry.key().text(), entry.key().where(), whole, ports.ports(whole));
                })
                .toList();
    }
}
