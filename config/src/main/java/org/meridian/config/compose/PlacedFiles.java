package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.meridian.config.document.Problems;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.BesideFiles;

/**
 * Gathers the files that a Compose project needs on the servers: those that may hold secrets by name alone, the others
 * with their bytes.
 */
public final class PlacedFiles {
    /** They are part of each release, and of what Meridian remembers of it. */
    private static final int MOST_BYTES = 1_000_000;

    private static final int MOST_FILES = 500;

    private final Path top;
    private final Problems problems;
    private final Map<String, BesideFiles.Content> files = new LinkedHashMap<>();
    private final Set<String> hidden = new TreeSet<>();
    private long bytes;

    /** Files below this directory. */
    public PlacedFiles(Path top, Problems problems) {
        this.top = requireNonNull(top, "top is null").toAbsolutePath().normalize();
        this.problems = problems;
    }

    /** The directory that has all of these in it and below it. */
    public static Path top(Path one, Path other) {
        Path common = one.toAbsolutePath().normalize();
        Path there = other.toAbsolutePath().normalize();
        while (!there.startsWith(common)) {
            common = requireNonNull(common.getParent(), "every path begins at the root");
        }
        return common;
    }

    /** A file that may hold secrets; {@code what} names it where it lies outside. */
    void hide(Path file, Location where, String what) {
        inside(file, where, what).ifPresent(hidden::add);
    }

    /** A file, or all files in a directory and below it. */
    void place(Path source, Location where, String what) {
        if (inside(source, where, what).isEmpty()) {
            return;
        }
        for (Path file : within(source, where, what)) {
            if (!add(file, where, what)) {
                return;
            }
        }
    }

    /** The path of a file relative to the top. */
    Optional<String> inside(Path file, Location where, String what) {
        Path whole = file.toAbsolutePath().normalize();
        if (whole.startsWith(top)) {
            try {
                return Optional.of(BesideFiles.check(top.relativize(whole).toString()));
            } catch (IllegalArgumentException e) {
                // The directory itself, or a name with control characters: what is in it is placed, or reported, one by
                // one.
                return whole.equals(top) ? Optional.of("") : Optional.empty();
            }
        }
        problems.error(
                where,
                "outside",
                what + " '" + file + "' lies outside the directory of meridian.yml and the Compose file",
                "Move it into that directory; only what is there goes to the servers.");
        return Optional.empty();
    }

    private List<Path> within(Path source, Location where, String what) {
        try (Stream<Path> all = Files.walk(source)) {
            List<Path> found = new ArrayList<>();
            all.filter(path -> !path.toString().contains("/.git/"))
                    .limit(10L * MOST_FILES)
                    .filter(Files::isRegularFile)
                    .limit(MOST_FILES + 1L)
                    .sorted()
                    .forEach(found::add);
            return found;
        } catch (IOException | UncheckedIOException e) {
            problems.error(
                    where, "unreadable", what + " can't be read: " + e.getMessage(), "Make it readable for you.");
            return List.of();
        }
    }

    private boolean add(Path file, Location where, String what) {
        try {
            bytes += Files.size(file);
            if (bytes > MOST_BYTES || files.size() >= MOST_FILES) {
                problems.error(
                        where,
                        "too-large",
                        what + " is too large: with it, more than a megabyte or " + MOST_FILES
                                + " files would go to each server",
                        "Copy the files into an image; keep data outside the servers.");
                return false;
            }
            Optional<String> path = inside(file, where, what);
            byte[] content = BoundedFile.bytes(file, MOST_BYTES);
            path.filter(name -> !name.isEmpty())
                    .ifPresent(name -> files.put(
                            name,
                            new BesideFiles.Content(
                                    Base64.getEncoder().encodeToString(content), Files.isExecutable(file))));
            return true;
        } catch (IOException e) {
            problems.error(
                    where,
                    "unreadable",
                    "can't read '" + file + "': " + BoundedFile.reason(e),
                    "Make it readable for you.");
            return false;
        }
    }

    /** The path that a written one means; empty when it can't be one. */
    static Optional<Path> resolved(Path directory, String written) {
        try {
            return Optional.of(directory.resolve(written).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Those that may hold secrets, which are no part of a release. */
    public Set<String> hidden() {
        return hidden;
    }

    /** The others, beside these Compose files. */
    BesideFiles beside(String main, List<String> over) {
        Map<String, BesideFiles.Content> placed = new LinkedHashMap<>(files);
        placed.keySet().removeAll(hidden);
        placed.remove(main);
        return new BesideFiles(main, over, placed);
    }
}
