package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.model.Backup;
import org.meridian.core.model.Secret;

/**
 * How a service is backed up, with what opens the place of its backups.
 *
 * @param backup how it is backed up
 * @param key    what opens its bucket; empty exactly where it has none
 */
public record OpenBackup(Backup backup, Optional<BucketKey> key) {
    /** Checks that a bucket has a key. */
    public OpenBackup {
        requireNonNull(backup, "backup is null");
        requireNonNull(key, "key is null");
        if (key.isPresent() != backup.bucket().isPresent()) {
            throw new IllegalArgumentException("a key is for a bucket, and a bucket has a key");
        }
    }

    /**
     * An access key.
     *
     * @param id     its id
     * @param secret the key itself
     */
    public record BucketKey(Secret id, Secret secret) {
        /** Checks that no part is null. */
        public BucketKey {
            requireNonNull(id, "id is null");
            requireNonNull(secret, "secret is null");
        }
    }
}
