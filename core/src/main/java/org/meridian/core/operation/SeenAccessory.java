package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.Backup;
import org.meridian.core.model.Definition;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.spi.Accessories.Accessory;

/**
 * A service that keeps data and was started.
 *
 * @param accessory the service
 * @param file      what the Compose file says of it now
 * @param changed   the keys of the Compose file and the files in which it is another; empty unless {@code file} says so, or
 *                  where it is not known
 * @param backups   its backups
 */
public record SeenAccessory(Accessory accessory, InFile file, List<String> changed, SeenBackups backups) {
    /** Copies the list. */
    public SeenAccessory {
        requireNonNull(accessory, "accessory is null");
        requireNonNull(file, "file is null");
        changed = List.copyOf(changed);
        requireNonNull(backups, "backups is null");
    }

    static SeenAccessory of(Accessory accessory, Optional<KeptService> wanted, Instant time) {
        SeenBackups backups = SeenBackups.of(
                accessory.name(),
                accessory.backups(),
                wanted.map(KeptService::backup).orElse(Backup.NONE),
                time);
        if (wanted.isEmpty()) {
            return new SeenAccessory(accessory, InFile.GONE, List.of(), backups);
        }
        String now = wanted.get().definition();
        return now.equals(accessory.definition())
                ? new SeenAccessory(accessory, InFile.SAME, List.of(), backups)
                : new SeenAccessory(accessory, InFile.OTHER, Definition.changed(accessory.definition(), now), backups);
    }

    /** What the Compose file says now of a service that was started. */
    public enum InFile {
        /** The same. */
        SAME,
        /** Something else. */
        OTHER,
        /** Nothing. */
        GONE
    }
}
