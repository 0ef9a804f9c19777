package org.meridian.cli.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;

/** Whether there is memory for the local servers, old and new ones at the same time. */
final class MemoryCheck implements Check {
    private static final String NAME = "memory";
    // An idle local server takes about 65 MB; the rest is for a small app in it.
    private static final long PER_SERVER = DiskSpace.GIB / 4;
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    private final int servers;
    private final Path source;

    MemoryCheck(int servers, Path source) {
        this.servers = servers;
        this.source = source;
    }

    /** For this machine; without an app, for a small one. */
    static MemoryCheck of(Optional<App> app) {
        int servers = app.map(MemoryCheck::localServers).orElse(2);
        return new MemoryCheck(servers, Path.of("/proc/meminfo"));
    }

    private static int localServers(App app) {
        return app.regions().stream()
                .filter(region -> region.provider().equals("local"))
                .mapToInt(Region::servers)
                .sum();
    }

    @Override
    public Finding look() {
        OptionalLong available = available();
        if (available.isEmpty()) {
            return Finding.ok(NAME, "not known on this system; Docker's settings tell");
        }
        long wanted = 2L * servers * PER_SERVER;
        String text = DiskSpace.gib(available.getAsLong()) + " available for " + servers
                + " local servers, twice during a deploy";
        return available.getAsLong() >= wanted
                ? Finding.ok(NAME, text)
                : Finding.warn(
                        NAME,
                        text + "; " + DiskSpace.gib(wanted) + " would be comfortable",
                        "End what is not needed, or use fewer servers or regions.");
    }

    /** See proc_meminfo(5): what can be had without swapping, in KiB. */
    private OptionalLong available() {
        try {
            Matcher line = AVAILABLE.matcher(BoundedFile.text(source, BoundedFile.MEGABYTE));
            return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
