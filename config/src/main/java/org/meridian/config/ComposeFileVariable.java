package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.compose.VariablesFile;
import org.meridian.config.document.Problems;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.variables.DotEnv;
import org.meridian.core.variables.Variables;

/**
 * The variable {@code COMPOSE_FILE} in {@code .env}, which names a project's Compose files where nothing else does (Docker
 * documentation, "Set or change pre-defined environment variables in Docker Compose").
 *
 * @param paths the paths as they are written, which count from the directory of {@code .env}
 * @param where where the variable stands
 */
record ComposeFileVariable(List<String> paths, Location where) {
    private static final String NAME = "COMPOSE_FILE";
    private static final String SEPARATOR = "COMPOSE_PATH_SEPARATOR";

    ComposeFileVariable {
        paths = List.copyOf(paths);
        requireNonNull(where, "where is null");
    }

    /** The one of a directory; what is wrong in its {@code .env} is reported where that is read for its values. */
    static Optional<ComposeFileVariable> in(Path directory, Problems problems) {
        Path file = directory.resolve(VariablesFile.USUAL);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String text = SourceFile.read(file, "Create it.");
            Map<String, String> values =
                    DotEnv.read(file.toString(), text, Variables.NONE).values();
            String separator = Optional.ofNullable(values.get(SEPARATOR))
                    .filter(written -> !written.isEmpty())
                    .orElse(File.pathSeparator);
            return Optional.ofNullable(values.get(NAME))
                    .map(written -> new ComposeFileVariable(parts(written, separator), place(file, text)));
        } catch (Failure e) {
            problems.error(
                    new Location(file.toString(), 1, 1),
                    e.diagnostic().code(),
                    e.diagnostic().summary(),
                    e.diagnostic().suggestion());
            return Optional.empty();
        }
    }

    private static List<String> parts(String written, String separator) {
        return Arrays.asList(written.split(Pattern.quote(separator), -1));
    }

    private static Location place(Path file, String text) {
        List<String> before = text.lines()
                .takeWhile(line -> !line.strip().matches("(export\\s+)?" + NAME + "\\b.*"))
                .toList();
        return new Location(file.toString(), before.size() + 1, 1);
    }

    /** The files, the lowest first; none, with a problem kept, when one of them is not there. */
    List<Path> files(Path directory, Problems problems) {
        List<Path> files = paths.stream()
                .flatMap(path -> WrittenPath.of(directory, path).filter(Files::isRegularFile).stream())
                .toList();
        if (files.size() == paths.size()) {
            return files;
        }
        List<String> missing = paths.stream()
                .filter(path -> WrittenPath.of(directory, path)
                        .filter(Files::isRegularFile)
                        .isEmpty())
                .map(path -> "'" + path + "'")
                .toList();
        problems.error(
                where,
                "missing-file",
                NAME + " names " + String.join(", ", missing) + ", and there is no such file",
                "Correct the path, which counts from this file's directory, or write 'compose: path' in meridian.yml.");
        return List.of();
    }
}
