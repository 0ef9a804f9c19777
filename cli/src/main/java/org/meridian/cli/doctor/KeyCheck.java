package org.meridian.cli.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.file.BoundedFile;

/** Whether private keys in the state directory are readable by their owner alone. */
record KeyCheck(Path state) implements Check {
    private static final String NAME = "ssh key";
    private static final int DEPTH = 4;
    private static final String BEGIN = "-----BEGIN ";
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    @Override
    public Finding look() {
        if (!Files.isDirectory(state)) {
            return Finding.ok(NAME, "will be made by the first deploy");
        }
        try (Stream<Path> files = Files.walk(state, DEPTH)) {
            List<Path> keys = files.filter(KeyCheck::privateKey).toList();
            String open =
                    keys.stream().filter(KeyCheck::open).map(Path::toString).collect(Collectors.joining(" "));
            return open.isEmpty()
                    ? Finding.ok(NAME, keys.isEmpty() ? "will be made by the first deploy" : "readable by you alone")
                    : Finding.fail(NAME, "others may read " + open, "Close it: chmod 600 " + open);
        } catch (IOException e) {
            return Finding.warn(
                    NAME, "can't look into " + state + ": " + BoundedFile.reason(e), "Check its permissions.");
        }
    }

    private static boolean privateKey(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (InputStream content = Files.newInputStream(file)) {
            String start = new String(content.readNBytes(64), US_ASCII);
            return start.startsWith(BEGIN) && start.contains("PRIVATE KEY");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean open(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
