package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandRunner;

/** The image of every local machine: built once from what is packaged with Meridian, found again by content. */
public final class LocalImage {
    /** The system property that names another image and leaves out the building. */
    public static final String PROPERTY = "meridian.machine.image";

    private static final String RESOURCES = "machine";
    private static final Duration BUILDING = Duration.ofMinutes(20);

    private final Path cache;
    private final CommandRunner processes;
    private @Nullable String reference;

    /**
     * An image that is built where needed.
     *
     * @param cache     a directory of the user for files that can be made again
     * @param processes runs the build
     */
    public LocalImage(Path cache, CommandRunner processes) {
        this.cache = requireNonNull(cache, "cache is null");
        this.processes = requireNonNull(processes, "processes is null");
    }

    /** An image that is there already. */
    public static LocalImage existing(String reference, CommandRunner processes) {
        LocalImage image = new LocalImage(userCache(), processes);
        image.reference = requireNonNull(reference, "reference is null");
        return image;
    }

    /** The user's directory for files that can be made again, by the XDG Base Directory rules. */
    public static Path userCache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.resolve("meridian");
    }

    /** The image's reference; the first call builds the image if need be, which takes minutes. */
    public synchronized String reference() throws InterruptedException {
        String given = System.getProperty(PROPERTY, "");
        if (!given.isBlank()) {
            return given;
        }
        if (reference == null) {
            reference = build();
        }
        return reference;
    }

    private String build() throws InterruptedException {
        Path build = unpack().resolve("build");
        return processes
                .run(Command.of("bash", build.toString()).within(BUILDING))
                .expect("building the image of the local machines", "Fix what its messages say, then run again.")
                .strip();
    }

    /** The packaged files in a directory named by their content, written once. */
    private Path unpack() {
        try {
            Map<String, byte[]> files = packaged();
            Path directory = cache.resolve("machine-" + fingerprint(files));
            if (Files.isDirectory(directory)) {
                return directory;
            }
            Files.createDirectories(cache);
            Path unfinished = Files.createTempDirectory(cache, "machine-");
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = unfinished.resolve(file.getKey());
                Files.createDirectories(requireNonNull(path.getParent()));
                Files.write(path, file.getValue());
            }
            return moved(unfinished, directory);
        } catch (IOException | URISyntaxException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "machine-image-files",
                            "can't unpack the machine image's files to " + cache + ": " + e.getMessage(),
                            "See whether the disk is full and whom the directory belongs to, then run the command again."),
                    e);
        }
    }

    private static Path moved(Path unfinished, Path directory) throws IOException {
        try {
            return Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process was faster with the same files.
            if (Files.isDirectory(directory)) {
                return directory;
            }
            throw e;
        }
    }

    private static Map<String, byte[]> packaged() throws IOException, URISyntaxException {
        URI uri = requireNonNull(LocalImage.class.getResource(RESOURCES), "the machine image is not packaged")
                .toURI();
        if (!uri.getScheme().equals("jar")) {
            return files(Path.of(uri));
        }
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
            return files(jar.provider().getPath(uri));
        }
    }

    private static Map<String, byte[]> files(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.filter(Files::isRegularFile)
                    .forEach(path -> files.put(directory.relativize(path).toString(), read(path)));
        }
        return files;
    }

    private static byte[] read(Path path) {
        try {
            return BoundedFile.bytes(path, BoundedFile.MEGABYTE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fingerprint(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
