package org.meridian.core.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory in which Meridian keeps what stays on this machine, usually {@code .meridian} beside the configuration: state,
 * keys, tokens, Terraform's root modules. Everything in it is its owner's alone and out of version control.
 *
 * <p>Nothing is made before the first write; each write makes what is missing and closes what was open to others.
 */
public final class LocalDirectory {
    /** What a directory may be at most. */
    public static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    /** What a file may be at most. */
    public static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private static final String IGNORE = ".gitignore";

    private final Path root;
    private final Path path;

    private LocalDirectory(Path root, Path path) {
        this.root = requireNonNull(root, "root is null");
        this.path = requireNonNull(path, "path is null");
    }

    /** The one at this place. */
    public static LocalDirectory at(Path root) {
        return new LocalDirectory(root, root);
    }

    /** The directory of that name in this one. */
    public LocalDirectory inside(String name) {
        return new LocalDirectory(root, path.resolve(name));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Where a file in it is. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Makes it and closes it to others; git ignores it from then on. */
    public void make() throws IOException {
        Files.createDirectories(path, as(DIRECTORY));
        close(root, DIRECTORY);
        close(path, DIRECTORY);
        if (!Files.exists(root.resolve(IGNORE))) {
            writeFile(root, IGNORE, "*\n".getBytes(UTF_8));
        }
    }

    /** Closes it to others where it exists; what is in it can't be reached then, whatever mode it has. */
    public void closeIfThere() throws IOException {
        if (Files.isDirectory(root)) {
            make();
        }
    }

    /** Makes an empty file unless there is one, closed to others. */
    public Path create(String name) throws IOException {
        make();
        Path file = file(name);
        createClosed(file);
        return file;
    }

    /** The same for a file in a directory that is made already. */
    public static void createClosed(Path file) throws IOException {
        try {
            Files.createFile(file, as(FILE));
        } catch (FileAlreadyExistsException e) {
            close(file, FILE);
        }
    }

    /** Writes a file in one step: nobody finds half of it, and a disk that is full leaves the one that was there. */
    public void write(String name, String text) throws IOException {
        write(name, text.getBytes(UTF_8));
    }

    /** The same with bytes. */
    public void write(String name, byte[] content) throws IOException {
        make();
        writeFile(path, name, content);
    }

    /** Writes a file in one step unless there is one, which another process may have made at the same time. */
    public void writeOnce(String name, byte[] content) throws IOException {
        make();
        Path unfinished = unfinished(path, name, content);
        try {
            // A link, unlike a move, never replaces what is there.
            Files.createLink(file(name), unfinished);
        } catch (FileAlreadyExistsException e) {
            // The other's is as good.
        } catch (IOException e) {
            deleteAfter(e, unfinished);
            throw e;
        }
        Files.delete(unfinished);
    }

    /** Adds to a file, and makes it if there is none. */
    public void append(String name, String text) throws IOException {
        Files.writeString(create(name), text, StandardOpenOption.APPEND);
    }

    private static void writeFile(Path directory, String name, byte[] content) throws IOException {
        Path unfinished = unfinished(directory, name, content);
        try {
            Files.move(
                    unfinished,
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteAfter(e, unfinished);
            throw e;
        }
    }

    private static Path unfinished(Path directory, String name, byte[] content) throws IOException {
        Path unfinished = Files.createTempFile(directory, name, ".new", as(FILE));
        try {
            return Files.write(unfinished, content);
        } catch (IOException e) {
            deleteAfter(e, unfinished);
            throw e;
        }
    }

    private static void deleteAfter(IOException first, Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            first.addSuppressed(e);
        }
    }

    private static void close(Path path, Set<PosixFilePermission> atMost) throws IOException {
        if (!atMost.containsAll(Files.getPosixFilePermissions(path))) {
            Files.setPosixFilePermissions(path, atMost);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> as(Set<PosixFilePermission> mode) {
        return PosixFilePermissions.asFileAttribute(mode);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
