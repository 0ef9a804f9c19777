package org.meridian.core.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.core.file.BoundedFile;

/** How much memory programs can still be given on this machine, without swapping; see {@code MemAvailable} in proc_meminfo(5). */
public final class AvailableMemory {
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+([0-9]+) kB$");

    /** What Meridian itself and the rest of the machine are left with. */
    private static final long RESERVE_MB = 500;

    private AvailableMemory() {}

    /** The text of proc_meminfo(5); empty where there is none. */
    public static String meminfo() {
        try {
            return BoundedFile.text(Path.of("/proc/meminfo"), BoundedFile.MEGABYTE);
        } catch (IOException e) {
            return "";
        }
    }

    /** How many of so many megabytes each fit at the same time, 1 or greater; empty where the text does not tell. */
    public static OptionalInt roomFor(int megabytesEach, String meminfo) {
        Matcher available = AVAILABLE.matcher(meminfo);
        if (!available.find()) {
            return OptionalInt.empty();
        }
        long megabytes = Long.parseLong(available.group(1)) / 1024;
        return OptionalInt.of(Math.clamp((megabytes - RESERVE_MB) / megabytesEach, 1, Integer.MAX_VALUE));
    }
}
