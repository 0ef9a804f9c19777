package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What lies beside a Compose file and goes to the servers with it: other Compose files, and files that containers get.
 *
 * <p>All paths are relative to one directory, have slashes between their parts, and lead nowhere out of it.
 *
 * @param main  the path of the Compose file itself
 * @param over  the paths of the Compose files that are laid over it, the lowest first
 * @param files all files but the main one, by path
 */
public record BesideFiles(String main, List<String> over, Map<String, Content> files) {
    /** Nothing but the Compose file. */
    public static final BesideFiles NONE = new BesideFiles("compose.yaml", List.of(), Map.of());

    /** A file of variables at the top that give way to all others. */
    private static final String LAST = "meridian.last.env";

    /** Copies the collections; throws IllegalArgumentException for a path that leads out of the directory. */
    public BesideFiles {
        requireNonNull(main, "main is null");
        over = List.copyOf(over);
        files = Map.copyOf(files);
        Stream.concat(Stream.concat(Stream.of(main), over.stream()), files.keySet().stream())
                .forEach(BesideFiles::check);
    }

    /** Checks a path; throws IllegalArgumentException for one that leads out of the directory or can't stand in a list. */
    public static String check(String path) {
        boolean out = path.isEmpty()
                || path.startsWith("/")
                || List.of(path.split("/", -1)).contains("..");
        if (out || path.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("'" + path + "' is not the path of a file beside a Compose file");
        }
        return path;
    }

    /**
     * These, with a value for each of these variables: Compose wants one for {@code ${NAME:?}} even where what comes of it is
     * replaced. It can be read as a number and as a text, and gives way to any other.
     */
    public BesideFiles giving(Set<String> variables) {
        if (variables.isEmpty()) {
            return this;
        }
        String text =
                new TreeSet<>(variables).stream().map(name -> name + "=1\n").collect(Collectors.joining());
        Map<String, Content> all = new HashMap<>(files);
        all.put(LAST, Content.of(text));
        return new BesideFiles(main, over, all);
    }

    /** The directory that the Compose files' own paths count from; empty for the one at the top. */
    public String directory() {
        int slash = main.lastIndexOf('/');
        return slash < 0 ? "" : main.substring(0, slash);
    }

    /**
     * A file.
     *
     * @param base64     its bytes, in Base64 (RFC 4648, chapter 4)
     * @param executable whether it may be run
     */
    public record Content(String base64, boolean executable) {
        /** A text that is not run. */
        static Content of(String text) {
            return new Content(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)), false);
        }

        /** Checks that no part is null. */
        public Content {
            requireNonNull(base64, "base64 is null");
        }
    }
}
