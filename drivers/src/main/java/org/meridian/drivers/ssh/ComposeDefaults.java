package org.meridian.drivers.ssh;

import java.util.TreeSet;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.Release;

/**
 * Writes the Compose file that lies beneath the team's own: log files that can't fill a disk.
 *
 * <p>What the team writes under {@code logging} wins: Compose merges options of one driver, and takes those of the later
 * file alone where the drivers differ (Compose file reference, "Merge"). Containers of the driver {@code json-file} have
 * no limit unless one is set (Docker documentation, "JSON File logging driver"); {@code docker logs} reads all its files.
 */
final class ComposeDefaults {
    private ComposeDefaults() {}

    static String of(Release.Content release, LogSettings logs) {
        StringBuilder yaml = new StringBuilder("services:\n");
        for (String service : new TreeSet<>(release.images().keySet())) {
            yaml.append("  ").append(Yaml.quoted(service)).append(":\n");
            yaml.append("    logging: ").append(logging(logs)).append('\n');
        }
        return yaml.toString();
    }

    /** The value of {@code logging}. */
    static String logging(LogSettings logs) {
        return "{ driver: json-file, options: { max-size: \"%s\", max-file: \"%d\" } }"
                .formatted(logs.maxSize(), logs.maxFiles());
    }
}
