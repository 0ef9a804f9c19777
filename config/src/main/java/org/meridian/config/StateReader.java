package org.meridian.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.config.StateLocation.Directory;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;

/** Reads where Meridian keeps its own state. */
final class StateReader {
    private static final String EXAMPLE = "Write a directory's path such as .meridian, postgresql://user@host/database"
            + " or s3://bucket/prefix, or leave the key out.";
    // RFC 3986, section 3.1.
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(//)?.*", Pattern.DOTALL);
    private static final List<String> SCHEMES = List.of("postgresql", "postgres", "s3");

    private final Path directory;

    StateReader(Path directory) {
        this.directory = directory;
    }

    /** The place; the default directory where none is written, or where a problem was kept. */
    StateLocation read(Optional<Field> state) {
        return state.flatMap(this::location).orElseGet(() -> new Directory(directory.resolve(Configuration.LOCAL)));
    }

    private Optional<StateLocation> location(Field field) {
        if (field.isMapping()) {
            return S3Reader.read(field.section()).map(StateLocation.class::cast);
        }
        return field.text().flatMap(text -> {
            Matcher form = SCHEME.matcher(text);
            return form.matches()
                    ? remote(field, text, form)
                    : path(field, text).map(Directory::new);
        });
    }

    /** An address may hold a password by mistake, so no problem repeats more of it than the scheme. */
    private static Optional<StateLocation> remote(Field field, String text, Matcher form) {
        String scheme = form.group(1).toLowerCase(Locale.ROOT);
        if (form.group(2) != null && (scheme.equals("postgresql") || scheme.equals("postgres"))) {
            return PostgresReader.read(field, text).map(StateLocation.class::cast);
        }
        if (form.group(2) != null && scheme.equals("s3")) {
            return S3Reader.read(field, text.substring("s3://".length())).map(StateLocation.class::cast);
        }
        field.error(
                "wrong-value",
                "'" + scheme + ":' is not known; known: a directory, postgresql://, s3://",
                Closest.to(scheme, SCHEMES)
                        .map(near -> "Did you mean '" + near + "://'?")
                        .orElse(EXAMPLE));
        return Optional.empty();
    }

    private Optional<Path> path(Field field, String text) {
        if (text.isBlank()) {
            field.error("wrong-value", "'" + text + "' is not a directory", EXAMPLE);
            return Optional.empty();
        }
        Optional<Path> path = WrittenPath.of(directory, text);
        if (path.isEmpty()) {
            field.error("wrong-value", "'" + text + "' is not a path", EXAMPLE);
        }
        path.ifPresent(there -> check(field, there));
        return path;
    }

    private void check(Field field, Path path) {
        if (directory.toAbsolutePath().normalize().startsWith(path.toAbsolutePath())) {
            field.error(
                    "wrong-value",
                    path + " holds more than state: it would be closed to others and ignored by git",
                    "Write a directory of its own, such as .meridian.");
        } else if (Files.exists(path) && !Files.isDirectory(path)) {
            field.error("wrong-value", path + " is there and is not a directory", EXAMPLE);
        }
    }
}
