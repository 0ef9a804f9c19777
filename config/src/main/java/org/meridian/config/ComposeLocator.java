package org.meridian.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposeReader;
import org.meridian.config.document.Field;
import org.meridian.config.document.Problems;
import org.meridian.config.document.Section;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;

/** Finds and reads the Compose file that a configuration belongs to. */
final class ComposeLocator {
    /** In the order in which Compose itself looks for them. */
    static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

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

    /** The file's path; empty, with a problem kept, when there is none. */
    Optional<Path> find(Section root) {
        Optional<Field> written = root.find("compose");
        if (written.isPresent()) {
            return written.flatMap(this::named);
        }
        Optional<Path> usual = usual(directory);
        if (usual.isEmpty() && !root.has("compose")) {
            problems.error(
                    root.where(),
                    "missing-file",
                    "there is no Compose file beside this one",
                    "Create " + NAMES.getFirst() + ", or write its path as 'compose: path'.");
        }
        return usual;
    }

    private Optional<Path> named(Field field) {
        return field.text().flatMap(text -> {
            Optional<Path> file = WrittenPath.of(directory, text).filter(Files::isRegularFile);
            if (file.isEmpty()) {
                field.error(
                        "missing-file",
                        "there is no file '" + text + "'",
                        usual(directory)
                                .map(path -> "Did you mean '" + path.getFileName() + "'?")
                                .orElse("Write the Compose file's path; it counts from this file's directory."));
            }
            return file;
        });
    }

    /** The document; empty, with problems kept, when it can't be read. */
    Optional<ComposeDocument> read(Path file) {
        String name = file.toString();
        try {
            return new ComposeReader(problems).read(name, SourceFile.read(file, "Create it."));
        } catch (Failure e) {
            Diagnostic problem = e.diagnostic();
            problems.error(new Location(name, 1, 1), problem.code(), problem.summary(), problem.suggestion());
            return Optional.empty();
        }
    }
}
