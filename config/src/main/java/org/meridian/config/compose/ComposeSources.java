package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlFile;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.variables.Variables;

/** Reads each file that a Compose project consists of once, whatever asks for it and however often. */
public final class ComposeSources {
    private final Problems problems;
    private final Function<Path, String> texts;
    private final Map<Path, Optional<Source>> read = new LinkedHashMap<>();

    /** Keeps problems in this list; {@code texts} reads a file's text or throws a {@link Failure}. */
    public ComposeSources(Problems problems, Function<Path, String> texts) {
        this.problems = requireNonNull(problems, "problems is null");
        this.texts = requireNonNull(texts, "texts is null");
    }

    /** A text that is not read from a file. */
    static ComposeSources of(Path file, String text, Problems problems) {
        ComposeSources sources = new ComposeSources(problems, path -> {
            throw Failure.usage(Diagnostic.of("missing-file", "there is no " + path, "Create it."));
        });
        sources.read.put(file, sources.parsed(file, text));
        return sources;
    }

    /** The Compose file at that path; empty, with a problem kept, when it can't be read. */
    Optional<Source> at(Path file) {
        Optional<Source> known = read.get(file);
        Optional<Source> source = known == null ? load(file) : known;
        read.put(file, source);
        return source;
    }

    /** The text of a file that is not YAML; empty when there is none. A file that can't be read is a problem at the place. */
    Optional<String> text(Path file, Location where) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(texts.apply(file));
        } catch (Failure e) {
            problems.error(
                    where,
                    e.diagnostic().code(),
                    e.diagnostic().summary(),
                    e.diagnostic().suggestion());
            return Optional.empty();
        }
    }

    /** The variables of a file beside a Compose file, or none where there is no such file. */
    public Variables variables(Path file, Variables known) {
        return VariablesFile.read(file, new Location(file.toString(), 1, 1), known, this, problems);
    }

    /** The Compose files that were read, in the order in which they were asked for. */
    Collection<Source> all() {
        return read.values().stream().flatMap(Optional::stream).toList();
    }

    private Optional<Source> load(Path file) {
        try {
            return parsed(file, texts.apply(file));
        } catch (Failure e) {
            Diagnostic problem = e.diagnostic();
            problems.error(
                    new Location(file.toString(), 1, 1), problem.code(), problem.summary(), problem.suggestion());
            return Optional.empty();
        }
    }

    private Optional<Source> parsed(Path file, String text) {
        Optional<YamlNode> root = new YamlFile(file.toString(), problems).parse(text);
        return root.flatMap(node -> Shapes.mapping(node, problems))
                .map(mapping -> new Source(file, text, mapping, MergeTags.of(text)));
    }

    /**
     * A Compose file as it is written.
     *
     * @param file its path
     * @param text its text
     * @param root its tree, without values for variables
     * @param tags what says how it is laid over other files
     */
    record Source(Path file, String text, Mapping root, MergeTags tags) {
        Path directory() {
            Path parent = file.getParent();
            return parent == null ? Path.of("") : parent;
        }
    }
}
