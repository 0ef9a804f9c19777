package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;

/**
 * Tells which mounts of a service keep data on its machine beyond its container: volumes with a name, and directories of the
 * machine, unless they are read only. Memory and volumes without a name last as long as the container; a volume on a file
 * server is somewhere else.
 */
final class DataMounts {
    /** What belongs to the machine's own system; containers look at it, and leave nothing of theirs there. */
    private static final Set<String> SYSTEM = Set.of(
            "/dev",
            "/etc/group",
            "/etc/hosts",
            "/etc/localtime",
            "/etc/machine-id",
            "/etc/os-release",
            "/etc/passwd",
            "/etc/ssl",
            "/etc/timezone",
            "/lib/modules",
            "/proc",
            "/run",
            "/sys",
            "/tmp",
            "/usr/share/zoneinfo",
            "/var/lib/docker",
            "/var/log",
            "/var/run");

    /** Where images of databases have their files; other relative mounts of theirs are settings and scripts. */
    private static final Set<String> DATABASE = Set.of("/bitnami", "/data", "/var/lib", "/var/opt");

    /** Types that the local driver mounts from another machine, or makes in memory (mount(8)). */
    private static final Set<String> ELSEWHERE = Set.of("cifs", "nfs", "nfs4", "tmpfs");

    /** Directories that apps keep what users bring in, wherever in a path their names stand. */
    private static final Set<String> UPLOADS =
            Set.of("attachments", "library", "media", "upload", "uploads", "userfiles", "user-data", "userdata");

    /** The same for a path's last name; further up they may have settings below them. */
    private static final Set<String> STORED = Set.of("data", "documents", "files", "photos", "storage");

    private static final String PUBLIC = "public/system";

    private final Path directory;
    private final Map<String, Entry> volumes;

    DataMounts(ComposeDocument compose) {
        this.directory = compose.directory();
        this.volumes = requireNonNull(compose, "compose is null").named("volumes").stream()
                .collect(Collectors.toMap(entry -> entry.key().text(), Function.identity()));
    }

    /** Those of a service that keep data, in the order of the file. */
    List<Mount> of(ComposeService service) {
        return Mount.of(service).stream()
                .filter(mount -> !mount.readOnly())
                .filter(mount -> mount.named() ? isHere(mount.source()) : mount.bind() && keeps(service, mount))
                .toList();
    }

    /** Whether it has a place for its data that lasts, here or elsewhere. */
    boolean any(ComposeService service) {
        return !of(service).isEmpty() || Mount.of(service).stream().anyMatch(Mount::named);
    }

    private boolean keeps(ComposeService service, Mount mount) {
        if (mount.amongFiles()) {
            return Databases.runs(service) ? below(DATABASE, mount.target()) : forUploads(mount) && nothingAt(mount);
        }
        return mount.belowShell().isEmpty()
                && !mount.source().equals("/")
                && !mount.atHome()
                && !below(SYSTEM, mount.source())
                && !below(SYSTEM, mount.target());
    }

    private static boolean forUploads(Mount mount) {
        return Stream.of(mount.source(), mount.target()).anyMatch(path -> {
            List<String> names = List.of(path.split("/", -1));
            return names.stream().anyMatch(UPLOADS::contains)
                    || STORED.contains(names.getLast())
                    || path.endsWith(PUBLIC);
        });
    }

    /** Whether nothing is there that goes to the servers, so that it is for what a container writes. */
    private boolean nothingAt(Mount mount) {
        return PlacedFiles.resolved(directory, mount.source())
                .filter(path -> !Files.exists(path) || holdsNothing(path))
                .isPresent();
    }

    /** A directory with at most files such as {@code .gitkeep} is for what the app writes. */
    static boolean holdsNothing(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.allMatch(file -> file.getFileName().toString().startsWith("."));
        } catch (IOException | UncheckedIOException e) {
            // Who places the files reports that they can't be read.
            return false;
        }
    }

    private static boolean below(Set<String> directories, String path) {
        return directories.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "/"));
    }

    private boolean isHere(String name) {
        Optional<Mapping> body = Optional.ofNullable(volumes.get(name))
                .map(Entry::value)
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast);
        boolean plugin = body.flatMap(volume -> volume.scalar("driver"))
                .map(Scalar::text)
                .filter(driver -> !driver.equals("local"))
                .isPresent();
        boolean elsewhere = body.flatMap(volume -> volume.get("driver_opts"))
                .filter(Mapping.class::isInstance)
                .flatMap(options -> ((Mapping) options).scalar("type"))
                .map(Scalar::text)
                .filter(ELSEWHERE::contains)
                .isPresent();
        return !plugin && !elsewhere;
    }
}
