package org.meridian.config.compose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;

/**
 * A Compose file with values in the place of variables.
 *
 * @param file      its path
 * @param directory what its own paths count from
 * @param root      its tree
 * @param tags      what says how it is laid over other files
 */
record Tree(Path file, Path directory, Mapping root, MergeTags tags) {
    private static final String SERVICES = "services";

    /** Its services by name; what is none is reported. */
    Map<String, Entry> services(Problems problems) {
        Map<String, Entry> bodies = new LinkedHashMap<>();
        YamlNode services = root.get(SERVICES).orElse(null);
        if (services instanceof Mapping mapping) {
            for (Entry entry : mapping.entries()) {
                Shapes.mapping(entry.value(), problems)
                        .ifPresent(body -> bodies.put(entry.key().text(), new Entry(entry.key(), body)));
            }
        }
        return bodies;
    }

    /** The same file with these services in the place of its own. */
    Mapping withServices(List<Entry> services) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : root.entries()) {
            boolean replaced = entry.key().text().equals(SERVICES);
            entries.add(
                    replaced ? new Entry(entry.key(), new Mapping(entry.value().where(), services)) : entry);
        }
        return new Mapping(root.where(), entries);
    }
}
