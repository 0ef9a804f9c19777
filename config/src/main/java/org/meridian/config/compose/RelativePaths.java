package org.meridian.config.compose;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;

/** Rewrites the paths of a Compose file in another directory so that they count from this project's, as Compose does. */
final class RelativePaths {
    private final String prefix;

    private RelativePaths(String prefix) {
        this.prefix = prefix;
    }

    /** Paths that count from {@code other}, so that they count from {@code here}. */
    static RelativePaths from(Path other, Path here) {
        String way = here.toAbsolutePath()
                .normalize()
                .relativize(other.toAbsolutePath().normalize())
                .toString();
        return new RelativePaths(way);
    }

    /** A whole file. */
    Mapping file(Mapping root) {
        return prefix.isEmpty()
                ? root
                : changed(root, (key, value) -> switch (key) {
                    case "services" ->
                        value instanceof Mapping all ? changed(all, (name, service) -> service(service)) : value;
                    case "configs", "secrets" ->
                        value instanceof Mapping all ? changed(all, (name, one) -> keys(one, Set.of("file"))) : value;
                    default -> value;
                });
    }

    /** One service. */
    YamlNode service(YamlNode service) {
        return prefix.isEmpty() || !(service instanceof Mapping body)
                ? service
                : changed(body, (key, value) -> switch (key) {
                    case "volumes" -> items(value, this::mount);
                    case "env_file" -> value instanceof Scalar path ? path(path) : items(value, this::envFile);
                    case "build" -> value instanceof Scalar path ? path(path) : keys(value, Set.of("context"));
                    default -> value;
                });
    }

    private YamlNode mount(YamlNode item) {
        return switch (item) {
            case Scalar scalar when scalar.text().startsWith(".") -> path(scalar);
            case Mapping mapping
            when mapping.scalar("type")
                    .filter(type -> type.text().equals("bind"))
                    .isPresent() -> keys(mapping, Set.of("source"));
            default -> item;
        };
    }

    private YamlNode envFile(YamlNode item) {
        return item instanceof Scalar path ? path(path) : keys(item, Set.of("path"));
    }

    private YamlNode keys(YamlNode node, Set<String> keys) {
        return node instanceof Mapping mapping
                ? changed(
                        mapping,
                        (key, value) -> keys.contains(key) && value instanceof Scalar path ? path(path) : value)
                : node;
    }

    private Scalar path(Scalar path) {
        boolean absolute = path.text().startsWith("/")
                || path.text().startsWith("~")
                || path.text().contains("://");
        return absolute ? path : path.with("./" + prefix + "/" + path.text(), path.quoted());
    }

    private static YamlNode items(YamlNode node, UnaryOperator<YamlNode> change) {
        return node instanceof Sequence list
                ? new Sequence(list.where(), list.items().stream().map(change).toList())
                : node;
    }

    private static Mapping changed(Mapping mapping, Change change) {
        List<Entry> entries = mapping.entries().stream()
                .map(entry -> new Entry(entry.key(), change.of(entry.key().text(), entry.value())))
                .toList();
        return new Mapping(mapping.where(), entries);
    }

    private interface Change {
        YamlNode of(String key, YamlNode value);
    }
}
