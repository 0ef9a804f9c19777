package org.meridian.cli.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds which of this process's standard streams are pipes or sockets. Java says of a write that fails only what the system
 * calls the error, in the person's language; on these it can but be that the other end is closed (POSIX, write: EPIPE).
 */
final class StandardPipes {
    // POSIX, sys/stat.h: S_IFMT, S_IFIFO, S_IFSOCK.
    private static final int TYPE = 0170000;
    private static final Set<Integer> PIPES = Set.of(0010000, 0140000);

    private StandardPipes() {}

    /** Those of 0, 1 and 2 that are; none where the system does not tell. */
    static Set<Integer> find() {
        return Stream.of(0, 1, 2).filter(StandardPipes::isPipe).collect(Collectors.toSet());
    }

    private static boolean isPipe(int stream) {
        try {
            Object mode = Files.getAttribute(Path.of("/dev/fd/" + stream), "unix:mode");
            return mode instanceof Integer bits && PIPES.contains(bits & TYPE);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
