package org.meridian.config.compose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;

/** Services with what they take over from others of the same file by {@code extends}; each is worked out once. */
final class Extensions {
    /** Services that extend services: more than anybody writes, few enough for the stack. */
    private static final int LONGEST = 50;

    /** Of all services together, counting what they take over: far more than any file has, little enough to hold. */
    private static final int MOST_ENTRIES = 200_000;

    private final Map<String, Entry> bodies;
    private final Problems problems;
    private final Map<String, Mapping> known = new HashMap<>();
    private final Set<String> under = new LinkedHashSet<>();
    private int entries;

    Extensions(Map<String, Entry> bodies, Problems problems) {
        this.bodies = bodies;
        this.problems = problems;
    }

    /** The service's body; where it can't be joined with the other service, a problem is kept and it stands alone. */
    Mapping whole(Entry service) {
        String name = service.key().text();
        Mapping already = known.get(name);
        if (already != null) {
            return already;
        }
        under.add(name);
        Mapping own = (Mapping) service.value();
        Mapping whole = extended(own)
                .flatMap(other -> parent(other, name))
                .map(parent -> joined(own, parent))
                .orElse(own);
        under.remove(name);
        known.put(name, whole);
        return whole;
    }

    /** The service of the same file that this one extends. */
    private static Optional<Scalar> extended(Mapping body) {
        return body.get("extends").flatMap(form -> switch (form) {
            case Scalar scalar -> Optional.of(scalar);
            case Mapping mapping -> mapping.get("file").isPresent() ? Optional.empty() : mapping.scalar("service");
            case Sequence sequence -> Optional.empty();
        });
    }

    private Optional<Mapping> parent(Scalar name, String child) {
        Entry parent = bodies.get(name.text());
        if (parent == null) {
            problems.error(
                    name.where(),
                    "unknown-service",
                    "there is no service '" + name.text() + "' to extend",
                    Closest.suggestion(name.text(), "services", bodies.keySet()));
        } else if (under.contains(name.text())) {
            problems.error(
                    name.where(),
                    "extends-cycle",
                    "'" + child + "' extends '" + name.text() + "', which extends '" + child + "' in turn",
                    "Take 'extends' out of one of them.");
        } else if (under.size() > LONGEST) {
            problems.error(
                    name.where(),
                    "extends-depth",
                    "more than " + LONGEST + " services extend one another here",
                    "Extend fewer services.");
        } else {
            return Optional.of(whole(parent));
        }
        return Optional.empty();
    }

    /** Lists such as ports are joined; in everything else the own value holds. */
    private Mapping joined(Mapping body, Mapping parent) {
        Map<String, Entry> all = new LinkedHashMap<>();
        parent.entries().forEach(entry -> all.put(entry.key().text(), entry));
        for (Entry entry : body.entries()) {
            all.merge(entry.key().text(), entry, this::joined);
        }
        count(body, all.size());
        return entries > MOST_ENTRIES ? body : new Mapping(body.where(), List.copyOf(all.values()));
    }

    private Entry joined(Entry inherited, Entry own) {
        if (inherited.value() instanceof Sequence first && own.value() instanceof Sequence second) {
            List<YamlNode> items = new ArrayList<>(first.items());
            items.addAll(second.items());
            count(own.value(), items.size());
            return new Entry(own.key(), new Sequence(second.where(), items));
        }
        return own;
    }

    private void count(YamlNode where, int more) {
        boolean before = entries > MOST_ENTRIES;
        entries += more;
        if (entries > MOST_ENTRIES && !before) {
            problems.error(
                    where.where(),
                    "extends-size",
                    "with what services take over by 'extends', they have more than " + MOST_ENTRIES + " entries",
                    "Extend fewer services.");
        }
    }
}
