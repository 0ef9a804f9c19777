package org.meridian.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.document.Field;
import org.meridian.config.document.Problems;
import org.meridian.config.document.Section;
import org.meridian.core.file.BoundedFile;

/** Finds the Compose files that a configuration belongs to. */
final class ComposeLocator {
    /** In the order in which Compose itself looks for them. */
    static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

    /** What Compose lays over them of itself. */
    private static final List<String> OVERRIDES = List.of(
            "compose.override.yaml",
            "compose.override.yml",
            "docker-compose.override.yml",
            "docker-compose.override.yaml");

    private final Path directory;
    private final Problems problems;

    ComposeLocator(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /** The first of the usual files that a directory has. */
    static Optional<Path> usual(Path directory) {
        return NAMES.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The files, the lowest first; none, with a problem kept, when there is none. */
    List<Path> find(Section root) {
        Optional<Field> written = root.find("compose");
        if (written.isPresent()) {
            return named(written.get());
        }
        Optional<ComposeFileVariable> variable = ComposeFileVariable.in(directory, problems);
        if (variable.isPresent()) {
            return variable.get().files(directory, problems);
        }
        Optional<Path> usual = usual(directory);
        if (usual.isEmpty() && !root.has("compose")) {
            problems.error(
                    root.where(),
                    "missing-file",
                    "there is no Compose file beside this one",
                    "Create " + NAMES.getFirst() + ", or write its path as 'compose: path'.");
        }
        return usual.map(this::withOverride).orElse(List.of());
    }

    /** What Compose reads when no file is named: with the override file beside it. */
    private List<Path> withOverride(Path file) {
        return Stream.concat(
                        Stream.of(file),
                        OVERRIDES.stream()
                                .map(directory::resolve)
                                .filter(Files::isRegularFile)
                                .limit(1))
                .toList();
    }

    private List<Path> named(Field field) {
        List<Field> fields = field.itemsOrSelf("Write the Compose file's path, or a list of several.");
        List<Path> files = fields.stream().flatMap(one -> one(one).stream()).toList();
        return files.size() == fields.size() ? files : List.of();
    }

    private Optional<Path> one(Field field) {
        return field.text().flatMap(text -> {
            Optional<Path> named = WrittenPath.of(directory, text);
            Optional<Path> file = named.filter(Files::isRegularFile);
            if (file.isEmpty()) {
                field.error(
                        "missing-file",
                        named.map(there -> BoundedFile.missing(there, text)).orElse("there is no file '" + text + "'"),
                        usual(directory)
                                .map(path -> "Did you mean '" + path.getFileName() + "'?")
                                .orElse("Write the Compose file's path; it counts from this file's directory."));
            }
            return file;
        });
    }
}
