package org.meridian.config.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Sequence;

/**
 * Gathers one mapping's entries: a key may stand once, and what {@code <<} brings in gives way to what is written.
 *
 * <p>Merge keys are YAML 1.1's (yaml.org/type/merge.html); Compose files use them, so editors and people expect them.
 */
final class MappingEntries {
    private final Problems problems;
    private final Map<String, Entry> written = new LinkedHashMap<>();
    private final List<Mapping> merges = new ArrayList<>();

    MappingEntries(Problems problems) {
        this.problems = problems;
    }

    void add(Entry entry) {
        if (entry.key().text().equals("<<") && !entry.key().quoted()) {
            merge(entry.value());
            return;
        }
        Entry first = written.putIfAbsent(entry.key().text(), entry);
        if (first != null) {
            problems.error(
                    entry.key().where(),
                    "duplicate-key",
                    "the key '" + entry.key().text() + "' stands here a second time, first in line "
                            + first.key().where().line(),
                    "Keep one of the two.");
        }
    }

    private void merge(YamlNode value) {
        switch (value) {
            case Mapping mapping -> merges.add(mapping);
            case Sequence sequence -> sequence.items().forEach(this::merge);
            case YamlNode.Scalar scalar ->
                throw new BrokenYaml(
                        scalar.where(),
                        "'<<' takes in keys with values, not " + scalar.kind(),
                        "Write '<<: *anchor', where the anchor is on keys with values.");
        }
    }

    List<Entry> merged() {
        Map<String, Entry> all = new LinkedHashMap<>(written);
        for (Mapping merge : merges) {
            merge.entries().forEach(entry -> all.putIfAbsent(entry.key().text(), entry));
        }
        return List.copyOf(all.values());
    }
}
