package org.meridian.config.compose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;

/**
 * One tree out of all the files of a project: each with its variables, what its services extend and what it includes, laid
 * over the one before.
 */
final class ComposeProject {
    private final Trees trees;
    private final ComposeMerge merge;
    private final Problems problems;
    private final Inclusions inclusions;

    ComposeProject(Trees trees, Problems problems) {
        this(trees, new ComposeMerge(problems), problems, new Inclusions(problems));
    }

    private ComposeProject(Trees trees, ComposeMerge merge, Problems problems, Inclusions inclusions) {
        this.trees = trees;
        this.merge = merge;
        this.problems = problems;
        this.inclusions = inclusions;
    }

    /** The whole; empty, with problems kept, when a file can't be read. Paths in it count from the directory. */
    Optional<Mapping> whole(List<Path> files, Path directory) {
        Optional<Mapping> all = Optional.empty();
        for (Path file : files) {
            Optional<Tree> tree = trees.at(file, directory);
            if (tree.isEmpty()) {
                return Optional.empty();
            }
            Mapping own = included(
                    trees.extended(tree.get(), merge), directory, tree.get().tags());
            all = Optional.of(
                    all.map(beneath -> merge.over(beneath, own, tree.get().tags()))
                            .orElse(own));
        }
        return all;
    }

    private Mapping included(Mapping own, Path directory, MergeTags tags) {
        Mapping all = own;
        for (YamlNode item : Shapes.items(own, "include").toList()) {
            if (!inclusions.begin(item.where())) {
                return all;
            }
            Optional<Mapping> other = other(item, directory);
            inclusions.end();
            if (other.isPresent()) {
                reportConflicts(all, other.get());
                all = merge.over(other.get(), all, tags);
            }
        }
        return all;
    }

    private Optional<Mapping> other(YamlNode item, Path directory) {
        List<Path> files = paths(item, directory);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Path home = item instanceof Mapping form
                ? form.scalar("project_directory")
                        .map(path -> directory.resolve(path.text()).normalize())
                        .orElse(Trees.parent(files.getFirst()))
                : Trees.parent(files.getFirst());
        Trees theirs = trees.with(IncludeVariables.of(item, directory, home, trees, problems));
        return new ComposeProject(theirs, merge, problems, inclusions)
                .whole(files, home)
                .map(RelativePaths.from(home, directory)::file);
    }

    private List<Path> paths(YamlNode item, Path directory) {
        List<Path> files = new ArrayList<>();
        List<YamlNode> written =
                switch (item) {
                    case Scalar scalar -> List.of(scalar);
                    case Mapping mapping -> Shapes.items(mapping, "path").toList();
                    case Sequence sequence -> sequence.items();
                };
        for (YamlNode path : written) {
            if (path instanceof Scalar scalar) {
                trees.path(directory, scalar, "include").ifPresent(files::add);
            }
        }
        return files;
    }

    /** A file and one that it includes may not both define a thing; a file laid over both may. */
    private void reportConflicts(Mapping own, Mapping other) {
        for (String kind : List.of("services", "volumes", "networks", "secrets", "configs")) {
            Map<String, Entry> theirs = new LinkedHashMap<>();
            named(other, kind).forEach(entry -> theirs.put(entry.key().text(), entry));
            for (Entry entry : named(own, kind)) {
                Entry same = theirs.get(entry.key().text());
                if (same != null && !same.value().equals(entry.value())) {
                    problems.error(
                            entry.key().where(),
                            "include-conflict",
                            kind + "." + entry.key().text() + " is in an included file too: "
                                    + same.key().where(),
                            "Keep one of the two, or change it in an override file.");
                }
            }
        }
    }

    private static List<Entry> named(Mapping root, String kind) {
        return root.get(kind).orElse(null) instanceof Mapping mapping ? mapping.entries() : List.of();
    }
}
