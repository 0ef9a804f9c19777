package org.meridian.core.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file of a person's, such as a configuration, all of it or nothing: a full disk costs nobody the file that was there. */
public final class WholeFile {
    /** As editors make a new file, less what the process's umask takes away. */
    private static final FileAttribute<Set<PosixFilePermission>> USUAL =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    private WholeFile() {}

    /**
     * Puts the text in place of what is there, with the permissions that that has; where it is a link, of what it points to.
     * Throws IOException where that can't be done, and then the file is as it was.
     */
    public static void write(Path file, String text) throws IOException {
        requireNonNull(text, "text is null");
        Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(real) && !Files.isRegularFile(real)) {
            throw new FileSystemException(file.toString(), null, "it is no file that can be replaced");
        }
        Path beside = real.resolveSibling(".meridian-" + ProcessHandle.current().pid() + "-" + real.getFileName());
        Files.deleteIfExists(beside);
        try {
            Files.createFile(beside, USUAL);
            Files.writeString(beside, text);
            keepPermissions(real, beside);
            Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteAfter(e, beside);
            throw e;
        }
    }

    private static void keepPermissions(Path real, Path beside) throws IOException {
        try {
            Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(real));
        } catch (NoSuchFileException e) {
            // It is a new one.
        }
    }

    private static void deleteAfter(IOException first, Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            first.addSuppressed(e);
        }
    }
}
