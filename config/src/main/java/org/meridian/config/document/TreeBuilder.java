package org.meridian.config.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Builds the tree of one document: aliases are replaced by what they stand for, merge keys are merged. */
final class TreeBuilder {
    /** YAML itself allows 1024 for a key in one line (YAML 1.2, chapter 8.2.2). */
    private static final int LONGEST_KEY = 1024;

    private final String file;
    private final Problems problems;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final TreeLimits limits = new TreeLimits();

    TreeBuilder(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    Optional<YamlNode> build(Events events) {
        Optional<YamlNode> root = Optional.empty();
        boolean begun = false;
        while (events.more()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent) {
                if (begun) {
                    throw new BrokenYaml(
                            events.where(event), "a second document begins here", "Keep one document in the file.");
                }
                begun = true;
                root = Optional.of(node(events, events.next()));
            }
        }
        if (root.isEmpty()) {
            problems.error(new Location(file, 1, 1), "empty-file", file + " is empty", "Write the configuration.");
        }
        return root;
    }

    private YamlNode node(Events events, Event event) {
        if (event instanceof AliasEvent alias) {
            return anchored(alias, events.where(event));
        }
        NodeEvent start = (NodeEvent) event;
        TreeLimits.Mark mark = limits.begin(events.where(event));
        YamlNode node = start instanceof ScalarEvent scalar ? scalar(events, scalar) : collection(events, start);
        TreeLimits.Extent extent = limits.end(mark);
        start.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, extent)));
        return node;
    }

    private YamlNode anchored(AliasEvent alias, Location where) {
        String name = alias.getAlias().getValue();
        Anchored target = anchors.get(name);
        if (target == null) {
            String suggestion = Closest.to(name, anchors.keySet())
                    .map(near -> "Did you mean '*" + near + "'?")
                    .orElse("Put '&" + name + "' before the value that it stands for; text with a * needs quotes.");
            throw new BrokenYaml(where, "no value above is anchored as '&" + name + "'", suggestion);
        }
        limits.add(target.extent(), where);
        return target.node();
    }

    private YamlNode scalar(Events events, ScalarEvent event) {
        checkTag(event.getTag(), events.where(event));
        boolean text = !event.isPlain()
                || event.getTag().filter(tag -> tag.endsWith(":str")).isPresent();
        return new Scalar(events.where(event), event.getValue(), text);
    }

    private YamlNode collection(Events events, NodeEvent start) {
        CollectionStartEvent collection = (CollectionStartEvent) start;
        Location where = events.where(start);
        checkTag(collection.getTag(), where);
        return collection instanceof MappingStartEvent ? mapping(events, where) : sequence(events, where);
    }

    private YamlNode sequence(Events events, Location where) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(events, event));
        }
        return new Sequence(where, items);
    }

    private YamlNode mapping(Events events, Location where) {
        MappingEntries entries = new MappingEntries(problems);
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            YamlNode key = node(events, event);
            YamlNode value = node(events, events.next());
            if (key instanceof Scalar scalar && scalar.text().length() > LONGEST_KEY) {
                throw new BrokenYaml(
                        key.where(), "this key has more than " + LONGEST_KEY + " characters", "Write a shorter one.");
            }
            if (key instanceof Scalar scalar && !scalar.absent()) {
                entries.add(new Entry(scalar, value));
            } else {
                throw new BrokenYaml(
                        key.where(), "a key is a single word, not " + key.kind(), "Put a key before the colon.");
            }
        }
        return new Mapping(where, entries.merged());
    }

    /** Tags would change what a value means; only those that say what YAML sees anyway, and Compose's own, may stand. */
    private void checkTag(Optional<String> tag, Location where) {
        boolean known = tag.map(name ->
                        name.startsWith("tag:yaml.org,2002:") || name.equals("!reset") || name.equals("!override"))
                .orElse(true);
        if (!known) {
            problems.error(
                    where, "unknown-tag", "the tag '" + tag.orElseThrow() + "' means nothing here", "Remove it.");
        }
    }

    private record Anchored(YamlNode node, TreeLimits.Extent extent) {}
}
