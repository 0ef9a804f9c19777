package org.meridian.drivers.filestate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import tools.jackson.core.JacksonException;

/** Reads and writes the files of the state directory; a file is always whole, even after a power cut. */
final class StateFiles {
    private static final String MEND = "Mend it, or restore it from a backup; Meridian does not overwrite it.";

    private final Path directory;

    StateFiles(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** Makes the directory, for its owner alone and out of version control. */
    void create() {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path ignore = path(".gitignore");
            if (!Files.exists(ignore)) {
                Files.writeString(ignore, "*\n");
            }
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** The file's content; empty where there is no file. */
    <T> Optional<T> read(String name, Class<T> type) {
        Path path = path(name);
        try {
            if (!Files.exists(path)) {
                return Optional.empty();
            }
            return Optional.of(StateJson.MAPPER.readValue(Files.readString(path), type));
        } catch (JacksonException e) {
            throw malformed(path, e);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** The names of the JSON files in a directory; none where there is no directory. */
    List<String> list(String name) {
        Path path = path(name);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> requireNonNull(file.getFileName()).toString())
                    .filter(file -> file.endsWith(".json"))
                    .toList();
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** Replaces the file at one stroke. */
    void write(String name, Object content) {
        Path path = path(name);
        Path parent = requireNonNull(path.getParent());
        try {
            Files.createDirectories(parent);
            Path unfinished = Files.createTempFile(parent, "unfinished-", "");
            try {
                Files.write(
                        unfinished, StateJson.MAPPER.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
                force(unfinished, StandardOpenOption.WRITE);
                Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
                force(parent, StandardOpenOption.READ);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** Deletes a file, or a directory of files. */
    void delete(String name) {
        Path path = path(name);
        try {
            if (Files.isDirectory(path)) {
                try (var files = Files.list(path)) {
                    for (Path file : files.toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    private static Failure malformed(Path path, JacksonException e) {
        Diagnostic problem = Diagnostic.of("bad-state", path + " is not what Meridian wrote", MEND)
                .withDetail(e.getOriginalMessage());
        boolean placed = e.getLocation() != null && e.getLocation().getLineNr() > 0;
        return Failure.of(
                placed
                        ? problem.at(new Location(
                                path.toString(),
                                e.getLocation().getLineNr(),
                                Math.max(1, e.getLocation().getColumnNr())))
                        : problem,
                e);
    }

    static Failure unusable(Path path, IOException e) {
        return Failure.of(
                Diagnostic.of(
                        "bad-state",
                        "can't use " + path + ": " + e.getMessage(),
                        "See that the directory is yours and that the disk is not full."),
                e);
    }
}
