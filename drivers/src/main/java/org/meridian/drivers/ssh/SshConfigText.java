package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.meridian.core.file.BoundedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one text of an SSH configuration and what it includes, without the parts that MINA's reader does not take. */
final class SshConfigText {
    private static final Logger LOG = LoggerFactory.getLogger(SshConfigText.class);
    /** As deep as OpenSSH goes (READCONF_MAX_DEPTH in its readconf.c). */
    private static final int DEEPEST = 16;
    /** Files that include others twice would be read for ever. */
    private static final int MOST_FILES = 1_000;

    private final StringBuilder text = new StringBuilder();
    private boolean inMatch;
    private int files;

    private SshConfigText() {}

    /** The text; empty where there is no such file. */
    static String read(Path file) throws IOException {
        SshConfigText whole = new SshConfigText();
        whole.append(file, 0);
        return whole.text.toString();
    }

    /** A path in which {@code ~} is the home directory. */
    static Path fromHome(String written) {
        boolean home = written.equals("~") || written.startsWith("~/");
        return home ? Path.of(System.getProperty("user.home", "/"), written.substring(1)) : Path.of(written);
    }

    private void append(Path file, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("files include each other more than " + DEEPEST + " deep, such as " + file);
        }
        if (++files > MOST_FILES) {
            throw new IOException("more than " + MOST_FILES + " files are included, such as " + file);
        }
        List<String> lines;
        try {
            lines = BoundedFile.lines(file, BoundedFile.MEGABYTE);
        } catch (NoSuchFileException e) {
            return;
        }
        for (String line : lines) {
            take(file, line.strip(), depth);
        }
    }

    private void take(Path file, String line, int depth) throws IOException {
        String[] words = line.split("[\\s=]+", 2);
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case "match" -> {
                inMatch = true;
                LOG.info("{}: '{}' and what follows up to the next Host is passed over", file, line);
            }
            case "host" -> {
                inMatch = false;
                text.append(line).append('\n');
            }
            case "include" -> {
                if (!inMatch && words.length > 1) {
                    include(words[1], depth);
                }
            }
            default -> {
                if (!inMatch && words.length > 1) {
                    text.append(line).append('\n');
                }
            }
        }
    }

    private void include(String patterns, int depth) throws IOException {
        for (String pattern : patterns.split("\\s+", -1)) {
            for (Path file : matching(pattern.replace("\"", ""))) {
                append(file, depth + 1);
            }
        }
    }

    /** Relative ones count from ~/.ssh; wildcards are allowed in the last part. */
    private static List<Path> matching(String pattern) throws IOException {
        try {
            return found(pattern);
        } catch (IllegalArgumentException e) {
            throw new IOException("'Include " + pattern + "' names no files", e);
        }
    }

    private static List<Path> found(String pattern) throws IOException {
        Path path = fromHome(pattern);
        Path absolute = path.isAbsolute() ? path : fromHome("~/.ssh").resolve(path);
        Path directory = requireNonNull(absolute.getParent(), "the root can't be included");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            String last = requireNonNull(absolute.getFileName()).toString();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, last)) {
                files.forEach(found::add);
            }
        }
        Collections.sort(found);
        return found;
    }
}
