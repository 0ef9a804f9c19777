package org.meridian.core.bootstrap;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.meridian.core.model.Secret;

/**
 * Text files as one tar archive, so that they reach a server in one go over a program's standard input.
 *
 * <p>The format is POSIX ustar (IEEE Std 1003.1, pax, "ustar Interchange Format"). An archive of text is itself text:
 * headers are ASCII and sizes count UTF-8 bytes. All files belong to root and are dated 1970.
 *
 * @param entries the files and directories, in the order in which they are unpacked
 */
public record TextArchive(List<Entry> entries) {
    private static final int BLOCK = 512;

    /** Copies the entries. */
    public TextArchive {
        entries = List.copyOf(entries);
    }

    /** An archive of nothing. */
    public static TextArchive empty() {
        return new TextArchive(List.of());
    }

    /** The same archive with one more file. */
    public TextArchive with(String name, int mode, String text) {
        return with(name, mode, Secret.of(text));
    }

    /** The same archive with one more file whose content must not be seen. */
    public TextArchive with(String name, int mode, Secret text) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(name, mode, text));
        return new TextArchive(more);
    }

    /** The archive's bytes, which are UTF-8 text. */
    public Secret text() {
        StringBuilder archive = new StringBuilder();
        for (Entry entry : entries) {
            String text = entry.text().reveal();
            int size = text.getBytes(StandardCharsets.UTF_8).length;
            archive.append(header(entry, size)).append(text).append(zeros((BLOCK - size % BLOCK) % BLOCK));
        }
        return Secret.of(archive.append(zeros(2 * BLOCK)).toString());
    }

    private static String header(Entry entry, int size) {
        String beforeSum = padded(entry.name(), 100)
                + octal(entry.mode(), 8)
                + octal(0, 8)
                + octal(0, 8)
                + octal(size, 12)
                + octal(0, 12);
        String afterSum = padded("0", 1) + padded("", 100) + padded("ustar", 6) + "00" + padded("root", 32)
                + padded("root", 32) + octal(0, 8) + octal(0, 8) + padded("", 155 + 12);
        // The sum is taken with blanks in its own place.
        int sum = (beforeSum + " ".repeat(8) + afterSum).chars().sum();
        return beforeSum + "%06o\0 ".formatted(sum) + afterSum;
    }

    private static String octal(int number, int width) {
        return ("%0" + (width - 1) + "o").formatted(number) + "\0";
    }

    private static String padded(String text, int width) {
        return text + zeros(width - text.length());
    }

    private static String zeros(int count) {
        return "\0".repeat(count);
    }

    /**
     * One file.
     *
     * @param name its relative path, ASCII, at most 99 characters
     * @param mode its permissions, such as {@code 0600}
     * @param text its content
     */
    public record Entry(String name, int mode, Secret text) {
        /** Checks the name; throws IllegalArgumentException when it does not fit. */
        public Entry {
            requireNonNull(text, "text is null");
            if (name.isEmpty() || name.length() > 99 || name.chars().anyMatch(c -> c <= 32 || c >= 127)) {
                throw new IllegalArgumentException("'" + name + "' is not a file name of 1 to 99 ASCII characters");
            }
        }
    }
}
