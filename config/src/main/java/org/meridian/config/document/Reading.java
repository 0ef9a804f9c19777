package org.meridian.config.document;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meridian.core.diagnostic.Location;

/**
 * One pass over a configuration: it knows the problems so far and which keys were asked for.
 *
 * <p>A key is known because something asks for it; there is no second list of keys that could differ from the code.
 */
public final class Reading {
    private final Problems problems;
    private final List<Section> sections = new ArrayList<>();
    private final Map<String, KeyPath> known = new LinkedHashMap<>();

    /** Begins a pass that adds to these problems. */
    public Reading(Problems problems) {
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** The whole file as a section. */
    public Section root(YamlNode node) {
        return new Field(this, KeyPath.ROOT, node.where(), node).section();
    }

    /** An empty section, as good as one where nothing is written. */
    Section absent(KeyPath path, Location where) {
        return opened(new Section(this, path, where, List.of(), false));
    }

    Section opened(Section section) {
        sections.add(section);
        return section;
    }

    void asked(KeyPath path) {
        known.putIfAbsent(path.pattern(), path);
    }

    Problems problems() {
        return problems;
    }

    /** Reports what only the end can tell: keys that nothing asked for, and keys that are missing. */
    public void finish() {
        sections.forEach(Section::finish);
    }

    /** Every key asked for so far, such as {@code regions.<name>.servers}. */
    public Set<String> knownKeys() {
        return Set.copyOf(known.keySet());
    }

    /** The known places of a key with this last name. */
    List<String> placesOf(String key) {
        return known.keySet().stream()
                .filter(pattern -> pattern.equals(key) || pattern.endsWith("." + key))
                .map(pattern -> pattern.equals(key)
                        ? "the top level"
                        : pattern.substring(0, pattern.length() - key.length() - 1))
                .toList();
    }
}
