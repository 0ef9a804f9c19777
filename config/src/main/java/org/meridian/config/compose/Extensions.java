package org.meridian.config.compose;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;

/** Services with what they take over from others by {@code extends}, of this file or another; each is worked out once. */
final class Extensions {
    /** Services that extend services: more than anybody writes, few enough for the stack. */
    private static final int LONGEST = 50;

    private final Trees trees;
    private final ComposeMerge merge;
    private final Problems problems;
    private final Map<Name, Mapping> known = new HashMap<>();
    private final Set<Name> under = new LinkedHashSet<>();

    Extensions(Trees trees, ComposeMerge merge, Problems problems) {
        this.trees = trees;
        this.merge = merge;
        this.problems = problems;
    }

    /** A file whose services have what they extend. */
    Mapping whole(Tree file) {
        Map<String, Entry> services = file.services(problems);
        if (services.isEmpty()) {
            return file.root();
        }
        List<Entry> all = services.values().stream()
                .map(service -> new Entry(service.key(), whole(file, service)))
                .toList();
        return file.withServices(all);
    }

    /** The service's body; where it can't be joined with the other service, a problem is kept and it stands alone. */
    private Mapping whole(Tree file, Entry service) {
        Name name = new Name(file.file(), service.key().text());
        Mapping already = known.get(name);
        if (already != null) {
            return already;
        }
        under.add(name);
        Mapping own = (Mapping) service.value();
        Mapping whole = base(own, file)
                .flatMap(base -> parent(base, name, file))
                .map(parent -> merge.over(parent, own, file.tags()))
                .orElse(own);
        under.remove(name);
        known.put(name, whole);
        return whole;
    }

    /** What a service extends: the service's name, and the tree of the file that it is in. */
    private Optional<Base> base(Mapping body, Tree file) {
        return body.get("extends").flatMap(form -> {
            if (form instanceof Scalar scalar) {
                return Optional.of(new Base(scalar, file));
            }
            if (!(form instanceof Mapping mapping)) {
                return Optional.empty();
            }
            Optional<Scalar> path = mapping.scalar("file");
            Optional<Tree> other = path.isEmpty()
                    ? Optional.of(file)
                    : path.flatMap(written -> trees.beside(file, written, "extends"));
            return mapping.scalar("service").flatMap(name -> other.map(tree -> new Base(name, tree)));
        });
    }

    private Optional<Mapping> parent(Base base, Name child, Tree here) {
        Map<String, Entry> services = base.file().services(problems);
        String name = base.name().text();
        Entry parent = services.get(name);
        if (parent == null) {
            problems.error(
                    base.name().where(),
                    "unknown-service",
                    "there is no service '" + name + "' to extend",
                    Closest.suggestion(name, "services", services.keySet()));
        } else if (under.contains(new Name(base.file().file(), name))) {
            problems.error(
                    base.name().where(),
                    "extends-cycle",
                    "'" + child.service() + "' extends '" + name + "', which extends '" + child.service() + "' in turn",
                    "Take 'extends' out of one of them.");
        } else if (under.size() > LONGEST) {
            problems.error(
                    base.name().where(),
                    "extends-depth",
                    "more than " + LONGEST + " services extend one another here",
                    "Extend fewer services.");
        } else {
            Mapping whole = whole(base.file(), parent);
            RelativePaths paths = RelativePaths.from(base.file().directory(), here.directory());
            return Optional.of((Mapping) paths.service(whole));
        }
        return Optional.empty();
    }

    private record Base(Scalar name, Tree file) {}

    private record Name(Path file, String service) {}
}
