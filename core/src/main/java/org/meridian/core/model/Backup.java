package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a service that keeps data is backed up. Its commands are lines for the shell of its container.
 *
 * @param command prints the data; empty where nobody said how
 * @param restore reads what {@code command} printed, and puts it in the place of the data; empty where nobody said how
 * @param keep    how many backups stay on the machine; 1 or greater
 * @param schedule when its machine makes one by itself; empty for never
 */
public record Backup(Optional<String> command, Optional<String> restore, int keep, Optional<Schedule> schedule) {
    /** How many backups stay unless another number is said. */
    public static final int USUAL = 7;

    /** Nobody said how. */
    public static final Backup NONE = new Backup(Optional.empty(), Optional.empty(), USUAL, Optional.empty());

    /** Checks the number. */
    public Backup {
        requireNonNull(command, "command is null");
        requireNonNull(restore, "restore is null");
        requireNonNull(schedule, "schedule is null");
        if (keep < 1) {
            throw new IllegalArgumentException("at least one backup is kept, not " + keep);
        }
    }
}
