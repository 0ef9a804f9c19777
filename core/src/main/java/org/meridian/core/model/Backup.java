package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a service that keeps data is backed up. Its commands are lines for the shell of its container.
 *
 * @param command prints the data; empty where nobody said how
 * @param restore reads what {@code command} printed, and puts it in the place of the data; empty where nobody said how
 * @param keep    how many backups stay; 1 or greater
 * @param schedule when its machine makes one by itself; empty for never
 * @param directory the directory of the machine below which backups are; empty for the usual one
 * @param bucket  where they are instead, once they are whole; empty for the directory
 */
public record Backup(
        Optional<String> command,
        Optional<String> restore,
        int keep,
        Optional<Schedule> schedule,
        Optional<String> directory,
        Optional<BackupBucket> bucket) {
    /** How many backups stay unless another number is said. */
    public static final int USUAL = 7;

    /** Nobody said how. */
    public static final Backup NONE = by(Optional.empty(), Optional.empty());

    /** Checks the number. */
    public Backup {
        requireNonNull(command, "command is null");
        requireNonNull(restore, "restore is null");
        requireNonNull(schedule, "schedule is null");
        requireNonNull(directory, "directory is null");
        requireNonNull(bucket, "bucket is null");
        if (keep < 1) {
            throw new IllegalArgumentException("at least one backup is kept, not " + keep);
        }
    }

    /** By these commands, and everything else as is usual. */
    public static Backup by(Optional<String> command, Optional<String> restore) {
        return new Backup(command, restore, USUAL, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same by other commands. */
    public Backup with(Optional<String> otherCommand, Optional<String> otherRestore) {
        return new Backup(otherCommand, otherRestore, keep, schedule, directory, bucket);
    }
}
