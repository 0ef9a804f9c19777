package org.meridian.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;

/** Reads {@code secrets:}, references to values that stand elsewhere. */
final class SecretsReader {
    private static final List<String> SCHEMES = List.of("env-file");
    private static final String EXAMPLE = "Write env-file: and a path beside this file, such as env-file:secrets.env.";

    private final Path directory;

    SecretsReader(Path directory) {
        this.directory = directory;
    }

    /** The references in order, as they are written. */
    List<String> read(Optional<Field> secrets) {
        return secrets.map(field -> field.itemsOrSelf(EXAMPLE)).orElse(List.of()).stream()
                .flatMap(item -> item.text().filter(text -> check(item, text)).stream())
                .toList();
    }

    private boolean check(Field field, String reference) {
        int colon = reference.indexOf(':');
        if (colon < 1 || colon == reference.length() - 1) {
            field.error("wrong-value", "'" + reference + "' is not a reference to secrets", EXAMPLE);
            return false;
        }
        String scheme = reference.substring(0, colon);
        if (!SCHEMES.contains(scheme)) {
            field.error(
                    "unknown-value",
                    "'" + scheme + "' is not a known store of secrets; known: " + String.join(", ", SCHEMES),
                    Closest.to(scheme, SCHEMES)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse(EXAMPLE));
            return false;
        }
        return checkFile(field, reference.substring(colon + 1));
    }

    private boolean checkFile(Field field, String path) {
        try {
            Path file = directory.resolve(path);
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return true;
            }
            field.error(
                    "missing-file",
                    Files.exists(file) ? file + " is not a file that can be read" : "there is no file " + file,
                    "Create it with NAME=value lines, or correct the path; it counts from this file's directory.");
        } catch (InvalidPathException e) {
            field.error("wrong-value", "'" + path + "' is not a path", EXAMPLE);
        }
        return false;
    }
}
