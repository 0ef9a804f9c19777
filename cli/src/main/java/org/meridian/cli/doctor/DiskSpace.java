package org.meridian.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.meridian.core.file.BoundedFile;

/**
 * How much room a directory's disk needs.
 *
 * @param check what the finding is called
 * @param good  bytes that are enough
 * @param least bytes below which it will not do
 * @param fix  what to do about too little
 */
record DiskSpace(String check, long good, long least, String fix) {
    static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    /** Looks at the disk that holds a directory. */
    Finding of(Path directory) {
        try {
            return judge(directory, Files.getFileStore(existing(directory)).getUsableSpace());
        } catch (IOException e) {
            return Finding.warn(check, "can't tell how much room " + directory + " has: " + BoundedFile.reason(e), fix);
        }
    }

    Finding judge(Path directory, long free) {
        String text = gib(free) + " free at " + directory;
        if (free >= good) {
            return Finding.ok(check, text);
        }
        return free >= least
                ? Finding.warn(check, text + "; " + gib(good) + " would be comfortable", fix)
                : Finding.fail(check, text + "; at least " + gib(least) + " is needed", fix);
    }

    static String gib(long bytes) {
        return bytes < GIB / 10 ? bytes / MIB + " MiB" : String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }

    private static Path existing(Path directory) {
        Path path = directory.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}
