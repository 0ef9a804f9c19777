package org.meridian.config.compose;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.variables.Variables;

/** The files of a project, each with the same variables put in, once. */
final class Trees {
    private final ComposeSources sources;
    private final Variables variables;
    private final Problems problems;
    private final Map<String, Set<Location>> refused;
    private final TreeInterpolation interpolation;
    private final Map<Path, Optional<Tree>> known = new HashMap<>();

    Trees(ComposeSources sources, Variables variables, Problems problems) {
        this(sources, variables, new HashMap<>(), problems);
    }

    private Trees(ComposeSources sources, Variables variables, Map<String, Set<Location>> refused, Problems problems) {
        this.sources = sources;
        this.variables = variables;
        this.refused = refused;
        this.problems = problems;
        this.interpolation = new TreeInterpolation(variables, refused, problems);
    }

    /** The same files with more variables, which give way to these. */
    Trees with(Variables more) {
        return new Trees(sources, variables.or(more), refused, problems);
    }

    /** The variables of all files so far, wherever they stand, that have no value and that Compose refuses to go on without. */
    Map<String, Set<Location>> refused() {
        return refused;
    }

    Variables variables() {
        return variables;
    }

    ComposeSources sources() {
        return sources;
    }

    /** The file at that path, whose own paths count from the directory; empty, with a problem kept, when it can't be read. */
    Optional<Tree> at(Path file, Path directory) {
        return known.computeIfAbsent(file, path -> sources.at(path)
                .map(source -> new Tree(path, directory, interpolation.of(source.root()), source.tags())));
    }

    /** A file that another names; empty, with a problem kept at the name, when it is not there. */
    Optional<Tree> beside(Tree from, Scalar written, String what) {
        return path(from.directory(), written, what).flatMap(path -> at(path, parent(path)));
    }

    /** The path of a file that is named there. */
    Optional<Path> path(Path directory, Scalar written, String what) {
        if (written.text().contains("://") || written.text().startsWith("git@")) {
            problems.error(
                    written.where(),
                    "remote-file",
                    what + " takes '" + written.text() + "' from elsewhere, which Meridian does not fetch",
                    "Save the file beside this one and name that.");
            return Optional.empty();
        }
        try {
            Path path = directory.resolve(written.text()).normalize();
            if (Files.isRegularFile(path)) {
                return Optional.of(path);
            }
        } catch (InvalidPathException e) {
            // It is not there either.
        }
        if (written.missing().isEmpty()) {
            problems.error(
                    written.where(),
                    "missing-file",
                    what + ": there is no file '" + written.text() + "'",
                    "Create it, or correct the path, which counts from this file's directory.");
        }
        return Optional.empty();
    }

    static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** The whole of a file with what its services extend. */
    Mapping extended(Tree tree, ComposeMerge merge) {
        return new Extensions(this, merge, problems).whole(tree);
    }
}
