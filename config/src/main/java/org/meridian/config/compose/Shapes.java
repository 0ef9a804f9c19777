package org.meridian.config.compose;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;

/** The shapes that Compose lets one thing be written in. */
final class Shapes {
    private Shapes() {}

    /** Keys with values; empty, with a problem kept, for anything else. */
    static Optional<Mapping> mapping(YamlNode node, Problems problems) {
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

    /** A list's items, or the single value that stands in a list's place. */
    static Stream<YamlNode> items(Mapping body, String key) {
        return body.get(key).stream()
                .flatMap(node -> node instanceof Sequence sequence ? sequence.items().stream() : Stream.of(node));
    }

    /** What a list of names, or keys with values, names: where it stands and the name. */
    static List<Scalar> names(Mapping body, String key) {
        return switch (body.get(key).orElse(null)) {
            case Sequence list -> list.items().stream().flatMap(Shapes::source).toList();
            case Mapping mapping -> mapping.entries().stream().map(Entry::key).toList();
            case Scalar scalar -> List.of(scalar);
            case null -> List.of();
        };
    }

    /** The name in the short form, or the {@code source} of the long one. */
    private static Stream<Scalar> source(YamlNode item) {
        return switch (item) {
            case Scalar scalar -> Stream.of(scalar);
            case Mapping mapping -> mapping.scalar("source").stream();
            case Sequence sequence -> Stream.of();
        };
    }

    /** {@code NAME=value} items as keys with values; keys with values as they are. */
    static Mapping variables(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> mapping;
            case Sequence list ->
                new Mapping(
                        list.where(),
                        list.items().stream()
                                .filter(Scalar.class::isInstance)
                                .map(item -> variable((Scalar) item))
                                .toList());
            case Scalar scalar -> new Mapping(scalar.where(), List.of());
        };
    }

    private static Entry variable(Scalar item) {
        Location where = item.where();
        int equals = item.text().indexOf('=');
        String name = equals < 0 ? item.text() : item.text().substring(0, equals);
        Scalar value = equals < 0
                ? new Scalar(where, "", false)
                : item.with(item.text().substring(equals + 1), true);
        return new Entry(new Scalar(where, name, true), value);
    }
}
