package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.model.Backup;
import org.meridian.core.spi.Accessories.Backups;
import org.meridian.core.spi.Accessories.Saved;

/**
 * The backups of a service, and what somebody has to know of them.
 *
 * @param backups how they stand
 * @param age     of the newest; empty where there is none
 * @param warning why nobody should rely on them, as one clause; empty where nothing is wrong
 */
public record SeenBackups(Backups backups, Optional<Duration> age, Optional<String> warning) {
    /** None, and nobody expects any. */
    public static final SeenBackups NONE = new SeenBackups(Backups.NONE, Optional.empty(), Optional.empty());

    /** A backup by schedule is done by then, or never: its own limit, and a little for the machine to start. */
    private static final Duration LONGEST = Duration.ofHours(2).plusMinutes(15);

    /** Checks that no part is null. */
    public SeenBackups {
        requireNonNull(backups, "backups is null");
        requireNonNull(age, "age is null");
        requireNonNull(warning, "warning is null");
    }

    static SeenBackups of(String service, Backups backups, Backup wanted, Instant now) {
        return new SeenBackups(
                backups,
                backups.newest().map(saved -> Duration.between(saved.made(), now)),
                warning(service, backups, wanted, now));
    }

    private static Optional<String> warning(String service, Backups backups, Backup wanted, Instant now) {
        if (backups.failed().isPresent()) {
            return Optional.of("the backup of " + service + " begun at "
                    + backups.failed().get() + " failed; 'meridian jobs history backup-" + service + "' tells why");
        }
        if (wanted.schedule().isEmpty()) {
            return Optional.empty();
        }
        if (backups.since().isEmpty()) {
            return Optional.of("no backup of " + service + " is made by schedule yet; 'meridian deploy' sees to it");
        }
        Instant known = Stream.of(backups.newest().map(Saved::made), backups.since())
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElseThrow();
        return wanted.schedule()
                .get()
                .lastDue(now.minus(LONGEST))
                .filter(due -> due.isAfter(known))
                .map(due -> "a backup of " + service + " was due at " + due + " and there is none; see 'systemctl"
                        + " list-timers' on its machine");
    }
}
