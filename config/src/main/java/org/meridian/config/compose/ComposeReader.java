package org.meridian.config.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlFile;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;

/** Reads the services of a Compose file; what else is in it is for Compose to check. */
public final class ComposeReader {
    private final Problems problems;

    /** Keeps problems in this list, each at its place in the Compose file. */
    public ComposeReader(Problems problems) {
        this.problems = problems;
    }

    /** The document; empty, with a problem kept, when it is no Compose file. */
    public Optional<ComposeDocument> read(String file, String text) {
        Optional<YamlNode> root = new YamlFile(file, problems).parse(text);
        return root.flatMap(this::mapping)
                .flatMap(top -> services(top).map(services -> new ComposeDocument(file, text, top, services)));
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
        Map<String, Entry> bodies = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            mapping(entry.value()).ifPresent(body -> bodies.put(entry.key().text(), new Entry(entry.key(), body)));
        }
        PortReader ports = new PortReader(problems);
        return bodies.values().stream()
                .map(entry -> {
                    Mapping whole = extended((Mapping) entry.value(), bodies, 0);
                    return new ComposeService(entry.key().text(), entry.key().where(), whole, ports.ports(whole));
                })
                .toList();
    }

    /** With what it takes over from another service of the same file; lists such as ports are joined. */
    private Mapping extended(Mapping body, Map<String, Entry> bodies, int depth) {
        Optional<Scalar> name = extendedService(body);
        if (name.isEmpty() || depth > bodies.size()) {
            return body;
        }
        Entry parent = bodies.get(name.get().text());
        if (parent == null) {
            problems.error(
                    name.get().where(),
                    "unknown-service",
                    "there is no service '" + name.get().text() + "' to extend",
                    Closest.suggestion(name.get().text(), "services", bodies.keySet()));
            return body;
        }
        return joined(body, extended((Mapping) parent.value(), bodies, depth + 1));
    }

    /** The service of the same file that this one extends. */
    private static Optional<Scalar> extendedService(Mapping body) {
        return body.get("extends").flatMap(form -> switch (form) {
            case Scalar scalar -> Optional.of(scalar);
            case Mapping mapping -> mapping.get("file").isPresent() ? Optional.empty() : mapping.scalar("service");
            case Sequence sequence -> Optional.empty();
        });
    }

    private static Mapping joined(Mapping body, Mapping parent) {
        Map<String, Entry> all = new LinkedHashMap<>();
        parent.entries().forEach(entry -> all.put(entry.key().text(), entry));
        for (Entry entry : body.entries()) {
            all.merge(entry.key().text(), entry, ComposeReader::joined);
        }
        return new Mapping(body.where(), List.copyOf(all.values()));
    }

    private static Entry joined(Entry inherited, Entry own) {
        if (inherited.value() instanceof Sequence first && own.value() instanceof Sequence second) {
            List<YamlNode> items = new ArrayList<>(first.items());
            items.addAll(second.items());
            return new Entry(own.key(), new Sequence(second.where(), items));
        }
        return own;
    }
}
