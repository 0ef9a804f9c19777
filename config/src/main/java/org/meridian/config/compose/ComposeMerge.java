package org.meridian.config.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;

/**
 * Lays one Compose file, or one service, over another.
 *
 * <p>Keys with values are joined key by key, lists are joined, anything else is replaced; commands are always replaced,
 * variables and the like are joined by name, ports and mounts by what tells them apart (Compose file reference, "Merge").
 */
final class ComposeMerge {
    private static final Set<String> BY_NAME =
            Set.of("environment", "labels", "annotations", "sysctls", "args", "extra_hosts", "additional_contexts");
    private static final Set<String> NAMED = Set.of("depends_on", "networks");
    private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");
    private static final Set<String> SINGLE_OR_LIST = Set.of("env_file", "dns", "dns_search", "dns_opt", "tmpfs");

    /** Of all results together: far more than any project has, little enough to hold. */
    private static final int MOST_ENTRIES = 200_000;

    private final Problems problems;
    private int entries;

    ComposeMerge(Problems problems) {
        this.problems = problems;
    }

    /** What lies above, over what lies beneath. */
    Mapping over(Mapping beneath, Mapping above, MergeTags tags) {
        Map<String, Entry> all = new LinkedHashMap<>();
        beneath.entries().forEach(entry -> all.put(entry.key().text(), entry));
        for (Entry entry : above.entries()) {
            String key = entry.key().text();
            if (tags.reset(entry.value())) {
                all.remove(key);
            } else if (!all.containsKey(key) || tags.override(entry.value())) {
                all.put(key, entry);
            } else {
                all.computeIfPresent(key, (name, inherited) -> joined(inherited, entry, tags));
            }
        }
        return counted(above, all.size()) ? new Mapping(above.where(), List.copyOf(all.values())) : above;
    }

    private Entry joined(Entry inherited, Entry own, MergeTags tags) {
        YamlNode value = value(own.key().text(), inherited.value(), own.value(), tags);
        // Where a service begins is where its own file says so, not where another adds to it.
        return new Entry(value instanceof Mapping ? inherited.key() : own.key(), value);
    }

    private YamlNode value(String key, YamlNode beneath, YamlNode above, MergeTags tags) {
        if (absent(above)) {
            return beneath;
        }
        if (absent(beneath) || REPLACED.contains(key)) {
            return above;
        }
        if (BY_NAME.contains(key)) {
            return over(Shapes.variables(beneath), Shapes.variables(above), tags);
        }
        if (NAMED.contains(key)) {
            return over(named(beneath), named(above), tags);
        }
        if (beneath instanceof Mapping one && above instanceof Mapping other) {
            return key.equals("logging") && differ(one, other) ? other : over(one, other, tags);
        }
        boolean lists = beneath instanceof Sequence && above instanceof Sequence;
        return lists || SINGLE_OR_LIST.contains(key) ? list(key, beneath, above) : above;
    }

    private static boolean absent(YamlNode node) {
        return node instanceof Scalar scalar && scalar.absent();
    }

    /** Options of one log driver mean nothing to another. */
    private static boolean differ(Mapping one, Mapping other) {
        return one.scalar("driver").isPresent()
                && other.scalar("driver").isPresent()
                && !one.scalar("driver")
                        .map(Scalar::text)
                        .equals(other.scalar("driver").map(Scalar::text));
    }

    private static Mapping named(YamlNode node) {
        if (!(node instanceof Sequence list)) {
            return node instanceof Mapping mapping ? mapping : new Mapping(node.where(), List.of());
        }
        return new Mapping(
                list.where(),
                list.items().stream()
                        .filter(Scalar.class::isInstance)
                        .map(item -> new Entry((Scalar) item, new Scalar(item.where(), "", false)))
                        .toList());
    }

    private YamlNode list(String key, YamlNode beneath, YamlNode above) {
        Map<Object, YamlNode> all = new LinkedHashMap<>();
        items(beneath).forEach(item -> all.put(identity(key, item), item));
        items(above).forEach(item -> all.put(identity(key, item), item));
        return counted(above, all.size()) ? new Sequence(above.where(), new ArrayList<>(all.values())) : above;
    }

    private static List<YamlNode> items(YamlNode node) {
        return node instanceof Sequence list ? list.items() : List.of(node);
    }

    /** What makes two items the same one, of which the upper holds. */
    private static Object identity(String key, YamlNode item) {
        return switch (item) {
            case Scalar scalar when key.equals("volumes") -> Mount.of(scalar).target();
            case Scalar scalar when key.equals("ports") -> ShortPort.of(scalar.text());
            case Scalar scalar -> scalar.text();
            case Mapping mapping when key.equals("volumes") -> text(mapping, "target", "");
            case Mapping mapping
            when key.equals("ports") ->
                new ShortPort(
                        text(mapping, "host_ip", ""),
                        text(mapping, "published", ""),
                        text(mapping, "target", ""),
                        text(mapping, "protocol", "tcp"));
            case Mapping mapping when mapping.scalar("source").isPresent() -> text(mapping, "source", "");
            case Mapping mapping when mapping.scalar("path").isPresent() -> text(mapping, "path", "");
            default -> item;
        };
    }

    private static String text(Mapping mapping, String key, String otherwise) {
        return mapping.scalar(key).map(Scalar::text).orElse(otherwise);
    }

    private boolean counted(YamlNode where, int more) {
        boolean before = entries <= MOST_ENTRIES;
        entries += more;
        if (before && entries > MOST_ENTRIES) {
            tooMany(where.where());
        }
        return entries <= MOST_ENTRIES;
    }

    private void tooMany(Location where) {
        problems.error(
                where,
                "extends-size",
                "with what services and files take over from others, they have more than " + MOST_ENTRIES + " entries",
                "Extend fewer services.");
    }
}
