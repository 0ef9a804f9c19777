package org.meridian.drivers.terraform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.core.file.BoundedFile;

/** How many runs of Terraform this machine has room for: Terraform and the AWS provider take up to 750 MB together. */
public final class MemoryBudget {
    /** Measured with Terraform 1.11 and hashicorp/aws 5.100: 0.55 GB at rest, the same for 2 and for 100 servers. */
    private static final long RUN_MB = 750;

    /** What Meridian itself and the rest of the machine are left with. */
    private static final long RESERVE_MB = 500;

    private static final int MOST = 16;
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+([0-9]+) kB$");

    private MemoryBudget() {}

    /** From 1 to 16; 2 where the memory that is left can't be told. */
    public static int runsAtOnce() {
        try {
            return runsAtOnce(BoundedFile.text(Path.of("/proc/meminfo"), BoundedFile.MEGABYTE));
        } catch (IOException e) {
            return 2;
        }
    }

    /** The same from the text of proc_meminfo(5). */
    static int runsAtOnce(String meminfo) {
        Matcher available = AVAILABLE.matcher(meminfo);
        if (!available.find()) {
            return 2;
        }
        long megabytes = Long.parseLong(available.group(1)) / 1024;
        return Math.clamp((megabytes - RESERVE_MB) / RUN_MB, 1, MOST);
    }
}
