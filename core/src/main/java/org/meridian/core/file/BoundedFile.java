package org.meridian.core.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * The one way to read a file: only a regular one, and only so much of it.
 *
 * <p>A pipe that nobody writes to would never end, a device such as {@code /dev/zero} never does, and a file may be larger
 * than the memory. What stands behind a symbolic link counts. Sizes are in bytes.
 */
public final class BoundedFile {
    /** More than any file that a person writes. */
    public static final int MEGABYTE = 1_000_000;

    private BoundedFile() {}

    /**
     * The content.
     *
     * @throws UnfitFile           when it is no regular file, or larger than {@code most}
     * @throws NoSuchFileException when there is none
     * @throws IOException         when it can't be read
     */
    public static byte[] bytes(Path file, int most) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnfitFile(file, "not-a-file", "is a directory", "Name the file in it.");
        }
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new UnfitFile(file, "not-a-file", "is a pipe or a device, not a file", "Name a regular file.");
        }
        try (InputStream content = Files.newInputStream(file)) {
            // What the file's size says may be wrong by now, and is 0 under /proc.
            byte[] bytes = content.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new UnfitFile(file, "too-large", "is larger than " + size(most), "Name the right file.");
            }
            return bytes;
        }
    }

    /** The content as text in UTF-8; throws CharacterCodingException when it is none, and else as {@link #bytes} does. */
    public static String text(Path file, int most) throws IOException {
        return text(bytes(file, most));
    }

    /** Bytes as text in UTF-8; throws CharacterCodingException when they are none. */
    public static String text(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }

    /** The lines, in which what is no UTF-8 (a comment, perhaps) is replaced; throws as {@link #bytes} does. */
    public static List<String> lines(Path file, int most) throws IOException {
        return new String(bytes(file, most), StandardCharsets.UTF_8).lines().toList();
    }

    /** The content for what takes a stream, which need not be closed; throws as {@link #bytes} does. */
    public static InputStream stream(Path file, int most) throws IOException {
        return new ByteArrayInputStream(bytes(file, most));
    }

    /** Why a file could not be read, for a person, without its name: what the exceptions of the JDK say is mostly that. */
    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            case CharacterCodingException text -> "it is not text in UTF-8";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Says of what can't be a file that it is missing, or what it is instead. */
    public static String missing(Path path, String written) {
        if (Files.isDirectory(path)) {
            return "'" + written + "' is a directory, not a file";
        }
        return Files.exists(path) ? "'" + written + "' is no regular file" : "there is no file '" + written + "'";
    }

    private static String size(int bytes) {
        return bytes >= MEGABYTE ? bytes / MEGABYTE + " MB" : bytes + " bytes";
    }
}
